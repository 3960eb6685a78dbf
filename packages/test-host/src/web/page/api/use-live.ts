import { useEffect, useState } from 'react';
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
  const [answer, setAnswer] = useState<{ readonly asked: string; readonly value: Answer<M> }>();
  const asked = JSON.stringify(input);
  const kinds = changes.join(' ');

  useEffect(() => {
    const readAfter = new Set(['page', 'restarted', ...kinds.split(' ')]);
    let isOver = false;
    let isReading = false;
    let isStale = false;
    // One question at a time: what changes meanwhile is asked once more afterwards, however often it changed.
    const read = async (): Promise<void> => {
      isStale = true;
      if (isReading) return;
      isReading = true;
      while (isStale) {
        isStale = false;
        await host.call(method, JSON.parse(asked) as Input<M>).then(
          (value) => {
            if (!isOver) setAnswer({ asked, value });
          },
          (error: unknown) => {
            // Without a connection the banner says so, and all is read again when it is back.
            if (!isOver && host.currentState() === 'connected') report(error);
          },
        );
        if (isOver) return;
      }
      isReading = false;
    };
    if (host.currentState() === 'connected') void read();
    const stop = host.onEvent(({ kind }) => {
      if (readAfter.has(kind)) void read();
    });
    return () => {
      isOver = true;
      stop();
    };
  }, [host, report, method, asked, kinds]);
  return answer?.asked === asked ? answer.value : undefined;
}
