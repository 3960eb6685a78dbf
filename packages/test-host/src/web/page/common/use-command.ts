import type { CommandOutcome } from '@exact/host-contracts';
import { useState } from 'react';
import { useHost } from '../api/host-context.js';
import { useAction } from './use-action.js';

/** Runs a plugin's command behind a button and keeps what came of it. */
export function useCommand(): {
  readonly busy: boolean;
  readonly outcome: CommandOutcome | undefined;
  readonly run: (command: string) => void;
} {
  const host = useHost();
  const { busy, run } = useAction();
  const [outcome, setOutcome] = useState<CommandOutcome>();
  return {
    busy,
    outcome,
    run(command) {
      setOutcome(undefined);
      run(async () => {
        setOutcome(await host.call('command.run', { command }));
      });
    },
  };
}
