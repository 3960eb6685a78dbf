import type { CommandContribution, CommandOutcome } from '../contributions/command.js';
import type { Prompt, Prompts } from '../services/prompts.js';
import { expectData } from './expect.js';
import { FAILURE } from './samples.js';
import { type HostPromises, register, type Suite } from './suite.js';

/** A host that claims to ask and warn. */
export interface PromptsHost extends AsyncDisposable {
  readonly prompts: Prompts;
  /** The prompts that stand before a user who has every right, as they were raised. */
  readonly pendingPrompts: () => Promise<readonly Prompt[]>;
  /** Presses a choice of a prompt, by its text, as a user who has every right. */
  readonly answerPrompt: (id: string, choice: string) => Promise<CommandOutcome>;
  /** Makes a command known, as a plugin that contributes it. */
  readonly addCommand: (command: CommandContribution) => void;
  /** Ends the host and resolves with the same practice after the next start. Disposed with the first. */
  readonly crash: () => Promise<PromptsHost>;
}

const COMMAND = 'conformance.command';
const WARNING: Prompt = {
  id: 'conformance.warning',
  title: 'Email Warning',
  text: 'Sign in again.',
  right: 'configure-email',
  choices: [
    { text: 'Sign in', command: { command: COMMAND, arguments: { account: 'reception' } } },
    { text: 'Later', postpones: true },
    { text: 'Close' },
  ],
};

function command(run: CommandContribution['run']): CommandContribution {
  return { id: COMMAND, right: 'configure-email', run };
}

const PROMPTS: HostPromises<PromptsHost> = {
  'a prompt that is raised stands before the user until it is withdrawn': async ({ prompts, ...host }) => {
    host.addCommand(command(() => Promise.resolve({ done: true })));
    await prompts.raise(WARNING);
    expectData('The prompts', await host.pendingPrompts(), [WARNING]);
    await prompts.withdraw(WARNING.id);
    await prompts.withdraw(WARNING.id);
    expectData('The prompts after it was withdrawn', await host.pendingPrompts(), []);
  },

  'a prompt that is raised again is replaced': async ({ prompts, ...host }) => {
    host.addCommand(command(() => Promise.resolve({ done: true })));
    await prompts.raise(WARNING);
    await prompts.raise({ ...WARNING, text: 'Now.' });
    expectData('The prompts', await host.pendingPrompts(), [{ ...WARNING, text: 'Now.' }]);
  },

  'a prompt is taken away when its command is done': async ({ prompts, ...host }) => {
    const given: unknown[] = [];
    const record = command((call) => {
      given.push(call.arguments);
      return Promise.resolve({ done: true });
    });
    host.addCommand(record);
    await prompts.raise(WARNING);
    expectData('The outcome', await host.answerPrompt(WARNING.id, 'Sign in'), { done: true });
    expectData('What the command was given', given, [{ account: 'reception' }]);
    expectData('The prompts', await host.pendingPrompts(), []);
  },

  'a prompt stays when its command fails, and says why': async ({ prompts, ...host }) => {
    host.addCommand(command(() => Promise.resolve({ done: false, failure: FAILURE })));
    await prompts.raise(WARNING);
    expectData('The outcome', await host.answerPrompt(WARNING.id, 'Sign in'), { done: false, failure: FAILURE });
    expectData('The prompts', await host.pendingPrompts(), [WARNING]);
  },

  'a choice without a command closes the prompt for good': async (before) => {
    const known = command(() => Promise.resolve({ done: true }));
    before.addCommand(known);
    await before.prompts.raise(WARNING);
    await before.answerPrompt(WARNING.id, 'Close');
    expectData('The prompts', await before.pendingPrompts(), []);
    const after = await before.crash();
    after.addCommand(known);
    expectData('The prompts after the next start', await after.pendingPrompts(), []);
  },

  'a prompt that was put off is gone until the next start': async (before) => {
    const known = command(() => Promise.resolve({ done: true }));
    before.addCommand(known);
    await before.prompts.raise(WARNING);
    await before.answerPrompt(WARNING.id, 'Later');
    expectData('The prompts', await before.pendingPrompts(), []);
    const after = await before.crash();
    after.addCommand(known);
    expectData('The prompts after the next start', await after.pendingPrompts(), [WARNING]);
  },
};

/** What a host owes the contract `Prompts`. */
export function prompts(suite: Suite<PromptsHost>): void {
  register(suite, PROMPTS);
}
