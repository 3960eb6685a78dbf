import { contract } from '../contract.js';
import type { CommandCall } from '../contributions/command.js';
import type { Failure } from '../failure.js';
import type { Right } from './current-user.js';

/** A question, notice or warning that stands before the user until it is answered, over a crash and a restart too. */
export interface Prompt {
  /** Stable: raising the same id again replaces the prompt. */
  readonly id: string;
  /** The name of the dialogue, e.g. `Practice Information`. */
  readonly title: string;
  readonly text: string;
  /** Why it is asked; the host draws the "who fixes this" card of it under the text, for those who are asked. */
  readonly failure?: Failure;
  /** Only users with it are asked; others see `othersSee`, or nothing without it. `undefined` = everybody is asked. */
  readonly right?: Right;
  /** A plain line for users without the right. */
  readonly othersSee?: string;
  readonly choices: readonly PromptChoice[];
}

/** A button of a prompt. */
export interface PromptChoice {
  readonly text: string;
  /**
   * Run when it is pressed. The prompt is taken away after the command is done; when it fails the prompt stays and shows
   * why. Run again after a crash in between, so the command must do no harm the second time. None = only close.
   */
  readonly command?: CommandCall;
  /** Taken away at this workstation when pressed, but there again when the host starts next (**Later**). Default `false`. */
  readonly postpones?: boolean;
}

/** The host's prompts, on every workstation of the practice. */
export interface Prompts {
  /** Stores the prompt and shows it as soon as a user who may answer is there. */
  raise(prompt: Prompt): Promise<void>;
  /** Takes a prompt away because its reason is gone. Nothing happens when there is none. */
  withdraw(id: string): Promise<void>;
}

/** Use this to ask or warn outside a wizard. */
export const Prompts = contract<Prompts>('Prompts');
