import { AlertDialog } from '@base-ui/react/alert-dialog';
import type { Failure, Prompt } from '@exact/host-contracts';
import { useRef, useState } from 'react';
import { useHost } from '../api/host-context.js';
import { Button } from '../common/button.js';
import { FailureCard } from '../common/failure-card.js';
import { useReport } from '../common/reports.js';
import { SignInLink } from '../common/sign-in-link.js';
import { triedByYou } from '../common/tried-again.js';
import { WindowButtons } from '../windows/window-buttons.js';

/** The questions and warnings of the host, one at a time. */
export function Prompts({ prompts, openedPage }: { prompts: readonly Prompt[]; openedPage: string | undefined }) {
  const [prompt] = prompts;
  return prompt && <PromptDialog key={prompt.id} prompt={prompt} openedPage={openedPage} />;
}

function PromptDialog({ prompt, openedPage }: { prompt: Prompt; openedPage: string | undefined }) {
  const host = useHost();
  const report = useReport();
  const [failure, setFailure] = useState<Failure>();
  const [pressed, setPressed] = useState<string>();
  const [pageBefore, setPageBefore] = useState(openedPage);
  const answers = useRef(0);
  const answer = async (choice: string): Promise<void> => {
    const own = ++answers.current;
    setPressed(choice);
    setFailure(undefined);
    setPageBefore(openedPage);
    try {
      const outcome = await host.call('prompt.answer', { prompt: prompt.id, choice });
      // Pressed again meanwhile, that answer counts.
      if (own === answers.current && !outcome.done) setFailure(outcome.failure);
    } catch (error) {
      report(error);
    } finally {
      if (own === answers.current) setPressed(undefined);
    }
  };
  const waitsForPage = pressed !== undefined && openedPage !== pageBefore ? openedPage : undefined;
  return (
    <AlertDialog.Root
      open
      onOpenChange={(_open, details) => {
        // Only an answer closes it.
        details.cancel();
      }}
    >
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="prompt-shade" />
        <AlertDialog.Popup className="window small prompt">
          <AlertDialog.Title className="window-title">{prompt.title}</AlertDialog.Title>
          <div className="window-body">
            <AlertDialog.Description>{prompt.text}</AlertDialog.Description>
            {waitsForPage !== undefined && <WaitingForPage url={waitsForPage} />}
            {prompt.failure && !failure && <FailureCard failure={prompt.failure} severity="warning" />}
            {failure && <FailureCard failure={failure} again={triedByYou(failure.retry)} />}
          </div>
          <WindowButtons>
            {prompt.choices.map(({ text }, index) => (
              <Button
                key={text}
                look={index === 0 ? 'main' : 'plain'}
                disabled={pressed === text && waitsForPage === undefined}
                onPress={() => {
                  void answer(text);
                }}
              >
                {text}
              </Button>
            ))}
          </WindowButtons>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

/** A sign-in goes on in another tab, for as long as the person there takes. */
function WaitingForPage({ url }: { url: string }) {
  return (
    <>
      <p>Go on in the page that has opened. If you do not see it, or have closed it, open it again:</p>
      <div className="button-row">
        <SignInLink url={url} />
      </div>
    </>
  );
}
