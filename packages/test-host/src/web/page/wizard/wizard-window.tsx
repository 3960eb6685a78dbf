import { useEffect, useId, useRef, useSyncExternalStore, type RefObject } from 'react';
import type { WizardView } from '../../api/host-types.js';
import { useHost } from '../api/host-context.js';
import { Button } from '../common/button.js';
import { FailureCard } from '../common/failure-card.js';
import { triedByYou } from '../common/tried-again.js';
import { useAction } from '../common/use-action.js';
import { WindowButtons } from '../windows/window-buttons.js';
import { Window } from '../windows/window.js';
import { ControlView } from './controls/control-view.js';
import type { WizardSession } from './wizard-session.js';

/** The frame around a plugin's wizard: its page, and Back, Next, Finish and Cancel. */
export function WizardWindow({ wizard, onClosed }: { wizard: WizardSession; onClosed: () => void }) {
  const view = useSyncExternalStore(wizard.subscribe, wizard.current);
  const { busy, run } = useAction();
  const heading = useRef<HTMLHeadingElement>(null);
  const reason = useId();
  useRefresh(wizard);
  useFocusOnNewPage(view.pageId, heading);
  const cancel = (): void => {
    run(() => wizard.cancel());
    onClosed();
  };
  const finish = async (): Promise<void> => {
    if ((await wizard.finish())?.kind === 'finished') onClosed();
  };

  return (
    <Window title={view.title} size="medium" onClose={cancel}>
      <div className="wizard-page">
        <h2 ref={heading} tabIndex={-1}>
          {view.page.title}
        </h2>
        {view.page.controls.map((control) => (
          <ControlView key={`${view.pageId} ${control.id}`} control={control} wizard={wizard} />
        ))}
        {view.refused && (
          <div role="alert">
            <FailureCard failure={view.refused} again={triedByYou(view.refused.retry)} />
          </div>
        )}
      </div>
      <WindowButtons>
        <VerdictReason view={view} id={reason} />
        <FrameButtons view={view} busy={busy} reason={reason} wizard={wizard} run={run} finish={finish} />
        <Button onPress={cancel}>Cancel</Button>
      </WindowButtons>
    </Window>
  );
}

function VerdictReason({ view, id }: { view: WizardView; id: string }) {
  return (
    <p className="verdict" id={id} aria-live="polite">
      {view.page.verdict.kind === 'stay' && view.page.verdict.because}
    </p>
  );
}

function FrameButtons(props: {
  readonly view: WizardView;
  readonly busy: boolean;
  readonly reason: string;
  readonly wizard: WizardSession;
  readonly run: (action: () => Promise<void>) => void;
  readonly finish: () => Promise<void>;
}) {
  const { view, busy, reason, wizard, run } = props;
  const stays = view.page.verdict.kind === 'stay' ? reason : undefined;
  return (
    <>
      <Button
        disabled={!view.canGoBack || busy}
        onPress={() => {
          run(() => wizard.back());
        }}
      >
        Back
      </Button>
      <Button
        look={view.isLast ? 'plain' : 'main'}
        disabled={!view.canGoNext || busy}
        describedBy={view.isLast ? undefined : stays}
        onPress={() => {
          run(() => wizard.next());
        }}
      >
        Next
      </Button>
      <Button
        look={view.isLast ? 'main' : 'plain'}
        disabled={!view.canFinish || busy}
        describedBy={view.isLast ? stays : undefined}
        onPress={() => {
          run(props.finish);
        }}
      >
        Finish
      </Button>
    </>
  );
}

function useRefresh(wizard: WizardSession): void {
  const host = useHost();
  useEffect(
    () =>
      host.onEvent((event) => {
        if (event.kind === 'wizard' && event.wizard === wizard.id) wizard.refresh();
      }),
    [host, wizard],
  );
}

/** A new page begins at its title, for the eyes and for a screen reader. The first one is focused by its window. */
function useFocusOnNewPage(pageId: string, heading: RefObject<HTMLHeadingElement | null>): void {
  const shown = useRef(pageId);
  useEffect(() => {
    if (shown.current === pageId) return;
    shown.current = pageId;
    heading.current?.focus();
  }, [pageId, heading]);
}
