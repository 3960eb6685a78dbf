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
    let newest = 0;
    const read = (): void => {
      const own = ++newest;
      host.call(method, JSON.parse(asked) as Input<M>).then(
        (value) => {
          if (own === newest) setAnswer({ asked, value });
        },
        (error: unknown) => {
          // Without a connection the banner says so, and all is read again when it is back.
          if (own === newest && host.currentState() === 'connected') report(error);
        },
      );
    };
    if (host.currentState() === 'connected') read();
    const stop = host.onEvent(({ kind }) => {
      if (readAfter.has(kind)) read();
    });
    return () => {
      newest = -1;
      stop();
    };
  }, [host, report, method, asked, kinds]);
  return answer?.asked === asked ? answer.value : undefined;
}
