import type { JsonValue } from '@exact/host-contracts';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { WizardSession } from './wizard-session.js';

/** How long typing rests before it is sent, in milliseconds. */
const REST = 150;

/**
 * What stands in a field. The user's own typing always wins: the host's value is taken over only while nothing of the
 * user's is on its way, so the caret never jumps. `read` makes the value that is sent.
 */
export function useSentValue(
  wizard: WizardSession,
  control: { readonly id: string; readonly value: JsonValue },
  format: (value: JsonValue) => string,
  read: (text: string) => JsonValue,
) {
  const [text, setText] = useState<string>();
  const typed = useRef<string>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const send = (): void => {
    clearTimeout(timer.current);
    wizard.keepUnsent(control.id, undefined);
    const sent = typed.current;
    if (sent === undefined) return;
    void wizard.change(control.id, read(sent)).then(() => {
      if (typed.current !== sent) return;
      typed.current = undefined;
      setText(undefined);
    });
  };
  const sendAtEnd = useEffectEvent(send);
  useEffect(
    () => () => {
      sendAtEnd();
    },
    [],
  );

  return {
    text: text ?? format(control.value),
    change(next: string): void {
      typed.current = next;
      setText(next);
      clearTimeout(timer.current);
      timer.current = setTimeout(send, REST);
      wizard.keepUnsent(control.id, send);
    },
    send,
  };
}
