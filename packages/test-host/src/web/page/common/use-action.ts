import { useCallback, useState } from 'react';
import { useReport } from './reports.js';

/** Runs what a press starts: tells whether it is under way, and shows what goes wrong. */
export function useAction(): { readonly busy: boolean; readonly run: (action: () => Promise<void>) => void } {
  const report = useReport();
  const [running, setRunning] = useState(0);
  const run = useCallback(
    (action: () => Promise<void>) => {
      setRunning((count) => count + 1);
      action()
        .catch(report)
        .finally(() => {
          setRunning((count) => count - 1);
        });
    },
    [report],
  );
  return { busy: running > 0, run };
}
