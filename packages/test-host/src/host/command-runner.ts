import {
  type CommandCall,
  type CommandContribution,
  type CommandOutcome,
  FailureError,
  type Logger,
} from '@exact/host-contracts';
import { defectDetails, describeDefect } from './defect.js';
import { hostFailures } from './host-failures.js';
import type { PanelUser } from './panel-user.js';

/** Runs what stands behind a button outside a wizard. */
export class CommandRunner {
  constructor(
    private readonly find: (id: string) => CommandContribution | undefined,
    private readonly user: PanelUser,
    private readonly logger: Logger,
    /** Of the present start: aborted when the host stops or starts anew. */
    private readonly signal: () => AbortSignal,
  ) {}

  has(id: string): boolean {
    return this.find(id) !== undefined;
  }

  /** A command that throws is a defect, which the person is told as a failure. */
  async run(call: CommandCall): Promise<CommandOutcome> {
    const command = this.find(call.command);
    if (!command) return { done: false, failure: hostFailures.unknownEntry };
    if (!this.user.has(command.right)) return { done: false, failure: hostFailures.rightMissing };
    try {
      return await command.run({ arguments: call.arguments ?? {}, signal: this.signal() });
    } catch (error) {
      if (error instanceof FailureError) return { done: false, failure: error.failure };
      this.logger.error('command.threw', { command: command.id, ...describeDefect(error) });
      return { done: false, failure: { ...hostFailures.commandDefect, details: defectDetails(error) } };
    }
  }
}
