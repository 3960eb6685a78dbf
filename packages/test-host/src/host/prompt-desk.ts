import { isDeepStrictEqual } from 'node:util';
import type { CommandOutcome, Prompt } from '@exact/host-contracts';
import type { PromptStore } from '../stores/prompt-table.js';
import type { CommandRunner } from './command-runner.js';
import { hostFailures } from './host-failures.js';
import type { PanelUser } from './panel-user.js';

const NOTHING_TO_DO: CommandOutcome = { done: true };

/** What stands before the user of this workstation until it is answered. */
export class PromptDesk {
  /** Until the next start, as they were when they were put off: a prompt that says something else is asked again. */
  readonly #postponed = new Map<string, Prompt>();

  constructor(
    private readonly store: PromptStore,
    private readonly user: PanelUser,
    private readonly commands: CommandRunner,
    private readonly changed: () => void,
  ) {}

  /**
   * The prompts of the present user, oldest first; without the right, the plain line that others see. A prompt whose
   * command is not there (its plugin is off in this version) waits for it to come back.
   */
  async pending(): Promise<readonly Prompt[]> {
    const prompts = await this.#standing();
    return prompts.filter((prompt) => this.#canBeAnswered(prompt)).flatMap((prompt) => this.#asSeen(prompt) ?? []);
  }

  /** Presses a button. The prompt goes when its command is done, and stays when it failed. */
  async answer(id: string, choiceText: string): Promise<CommandOutcome> {
    const prompt = (await this.#standing()).find((each) => each.id === id);
    const choice = prompt?.choices.find(({ text }) => text === choiceText);
    if (!prompt || !choice) return { done: false, failure: hostFailures.unknownEntry };
    if (!this.user.has(prompt.right)) return { done: false, failure: hostFailures.rightMissing };
    const outcome = choice.command ? await this.commands.run(choice.command) : NOTHING_TO_DO;
    if (!outcome.done) return outcome;
    if (choice.postpones) this.#postpone(prompt);
    else await this.#takeAway(prompt);
    return outcome;
  }

  /** After a change: a prompt that has gone is a new one when it comes back. */
  async look(): Promise<void> {
    await this.#standing();
  }

  async #standing(): Promise<readonly Prompt[]> {
    const prompts = await this.store.pending();
    const ids = new Set(prompts.map(({ id }) => id));
    for (const id of this.#postponed.keys()) if (!ids.has(id)) this.#postponed.delete(id);
    return prompts.filter((prompt) => !isDeepStrictEqual(prompt, this.#postponed.get(prompt.id)));
  }

  #postpone(prompt: Prompt): void {
    this.#postponed.set(prompt.id, prompt);
    this.changed();
  }

  /** Not when the command has raised another one of the same id meanwhile. */
  async #takeAway(prompt: Prompt): Promise<void> {
    const now = (await this.store.pending()).find(({ id }) => id === prompt.id);
    if (isDeepStrictEqual(now, prompt)) await this.store.withdraw(prompt.id);
  }

  #canBeAnswered({ choices }: Prompt): boolean {
    return choices.every(({ command }) => !command || this.commands.has(command.command));
  }

  #asSeen(prompt: Prompt): Prompt | undefined {
    if (this.user.has(prompt.right)) return prompt;
    return prompt.othersSee === undefined ? undefined : { ...prompt, text: prompt.othersSee, choices: [] };
  }
}
