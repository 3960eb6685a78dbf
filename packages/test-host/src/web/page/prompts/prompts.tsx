import { AlertDialog } from '@base-ui/react/alert-dialog';
import type { Failure, Prompt } from '@exact/host-contracts';
import { useState } from 'react';
import { useHost } from '../api/host-context.js';
import { useLive } from '../api/use-live.js';
import { Button } from '../common/button.js';
import { FailureCard } from '../common/failure-card.js';
import { useAction } from '../common/use-action.js';
import { WindowButtons } from '../windows/window-buttons.js';

/** The questions and warnings of the host, one at a time, over everything but an open wizard. */
export function Prompts({ isHeldBack }: { isHeldBack: boolean }) {
  const [prompt] = useLive('prompts', {}, ['prompts', 'panel']) ?? [];
  if (!prompt || isHeldBack) return null;
  return <PromptDialog key={prompt.id} prompt={prompt} />;
}

function PromptDialog({ prompt }: { prompt: Prompt }) {
  const host = useHost();
  const { busy, run } = useAction();
  const [failure, setFailure] = useState<Failure>();
  const answer = async (choice: string): Promise<void> => {
    const outcome = await host.call('prompt.answer', { prompt: prompt.id, choice });
    setFailure(outcome.done ? undefined : outcome.failure);
  };
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
            {failure && <FailureCard failure={failure} />}
          </div>
          <WindowButtons>
            {prompt.choices.map(({ text }, index) => (
              <Button
                key={text}
                look={index === 0 ? 'main' : 'plain'}
                disabled={busy}
                onPress={() => {
                  run(() => answer(text));
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
