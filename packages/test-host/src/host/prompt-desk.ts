import { isDeepStrictEqual } from 'node:util';
import type { CommandOutcome, Prompt } from '@exact/host-contracts';
import type { PromptStore } from '../stores/prompt-table.js';
import type { CommandRunner } from './command-runner.js';
import { hostFailures } from './host-failures.js';
import type { PanelUser } from './panel-user.js';

const NOTHING_TO_DO: CommandOutcome = { done: true };

/** What stands before the user until it is answered. */
export class PromptDesk {
  constructor(
    private readonly store: PromptStore,
    private readonly user: PanelUser,
    private readonly commands: CommandRunner,
  ) {}

  /**
   * The prompts of the present user, oldest first; without the right, the plain line that others see. A prompt whose
   * command is not there (its plugin is off in this version) waits for it to come back.
   */
  async pending(): Promise<readonly Prompt[]> {
    const prompts = await this.store.pending();
    return prompts.filter((prompt) => this.#canBeAnswered(prompt)).flatMap((prompt) => this.#asSeen(prompt) ?? []);
  }

  /** Presses a button. The prompt goes when its command is done, and stays when it failed. */
  async answer(id: string, choiceText: string): Promise<CommandOutcome> {
    const prompt = (await this.store.pending()).find((each) => each.id === id);
    const choice = prompt?.choices.find(({ text }) => text === choiceText);
    if (!prompt || !choice) return { done: false, failure: hostFailures.unknownEntry };
    if (!this.user.has(prompt.right)) return { done: false, failure: hostFailures.rightMissing };
    const outcome = choice.command ? await this.commands.run(choice.command) : NOTHING_TO_DO;
    if (!outcome.done) return outcome;
    if (choice.postpones) await this.store.postpone(id);
    else await this.#takeAway(prompt);
    return outcome;
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
