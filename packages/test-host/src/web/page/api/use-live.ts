import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { Answer } from '../../api/answers.js';
import type { Input, Method } from '../../api/inputs.js';
import type { PageEvent } from '../../api/page-events.js';
import { useReport } from '../common/reports.js';
import { useHost } from './host-context.js';

/** What a method answers, read anew after each of these changes; `undefined` before the first answer. */
export function useLive<M extends Method>(
  method: M,
  input: Input<M>,
  changes: readonly PageEvent['kind'][],
): Answer<M> | undefined {
  const host = useHost();
  const report = useReport();
  const [answer, setAnswer] = useState<{ of: string; value: Answer<M> }>();
  const asked = JSON.stringify(input);
  const run = useRef(0);

  const read = useCallback(
    async (text: string) => {
      const mine = ++run.current;
      try {
        const value = await host.call(method, JSON.parse(text) as Input<M>);
        if (mine === run.current) setAnswer({ of: text, value });
      } catch (error) {
        if (mine === run.current && host.currentState() === 'connected') report(error);
      }
    },
    [host, method, report],
  );
  const onEvent = useEffectEvent((event: PageEvent) => {
    if (event.kind === 'page' || event.kind === 'restarted' || changes.includes(event.kind)) void read(asked);
  });

  useEffect(
    () =>
      host.onEvent((event) => {
        onEvent(event);
      }),
    [host],
  );
  useEffect(() => {
    if (host.currentState() === 'connected') void read(asked);
  }, [host, read, asked]);
  return answer?.of === asked ? answer.value : undefined;
}
