import { contract } from '../contract.js';
import type { Failure } from '../failure.js';
import type { JsonObject } from '../json.js';
import type { Right } from '../services/current-user.js';

/** A command to run with its plain arguments, e.g. behind a button of a prompt. */
export interface CommandCall {
  /** The `id` of a {@link CommandContribution}. */
  readonly command: string;
  readonly arguments?: JsonObject;
}

/** What the person who pressed is told. */
export type CommandOutcome =
  { readonly done: true; readonly sentence?: string } | { readonly done: false; readonly failure: Failure };

/** What a command is run with. */
export interface CommandContext {
  readonly arguments: JsonObject;
  /** Aborted when the person cancels or the host stops. */
  readonly signal: AbortSignal;
}

/** What a button outside the wizard does: re-authenticate, send and receive now, restart, release. */
export interface CommandContribution {
  /** Stable and unique within the host, e.g. `email.send-receive`. */
  readonly id: string;
  /** The right that a user needs; `undefined` = everybody may. The host refuses others before `run`. */
  readonly right?: Right;
  /** Called by the host when a person presses; may take as long as a sign-in takes. Throws only on a defect. */
  run(context: CommandContext): Promise<CommandOutcome>;
}

/** Use this to do something when a person presses a button outside the wizard. */
export const CommandContribution = contract<CommandContribution>('CommandContribution');
