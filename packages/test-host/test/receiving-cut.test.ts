import { describe, expect, test } from '@jest/globals';
import { BreakingMailbox, type Kind } from './breaking-mailbox.js';
import { askedRounds, limitMs, mulberry32, shuffledSteps } from './crash-rounds.js';
import { ON_ANOTHER } from './mailbox-relay.js';

/** A step of a round, and how often it comes in one that nothing breaks. */
interface Step {
  readonly kind: Kind;
  readonly name: string;
  readonly times: number;
}

/** Steps of these come only in rounds that were asked for: nothing is received by then, or it is told like a step beside it. */
const LEFT_OUT = /CAPABILITY|ID$|NAMESPACE|LIST|LSUB|^inside (?!a literal|a line|the greeting)/;
/** Of the other connections, whose rounds take the longest, only these when no rounds were asked for. */
const OF_OTHERS: readonly string[] = [
  'before the connection',
  'inside the greeting',
  'after AUTHENTICATE',
  'before the end of EXAMINE',
  'after FETCH',
  'inside a literal of FETCH',
  'after a line of FETCH',
  'before the end of FETCH',
  'after LOGOUT',
].map((name) => `${name}${ON_ANOTHER}`);
/** What the dialogue is known to consist of: a relay that sees less proves nothing. */
const STAGES: readonly string[] = [
  'before the connection',
  'inside the greeting',
  'after AUTHENTICATE',
  'after a line of EXAMINE',
  'after a line of the list',
  'inside a literal of FETCH',
  'inside a literal of a part',
  'after a line of IDLE',
  'before DONE',
  'before the end of IDLE',
  'after NOOP',
  'after LOGOUT',
  ...OF_OTHERS,
];

/** What the steps are: each kind of round once, with nothing broken. A step belongs to the quickest kind that has it. */
async function rehearse(breaking: BreakingMailbox): Promise<readonly Step[]> {
  const steps = new Map<string, Step>();
  for (const kind of ['few', 'large', 'end', 'many'] as const) {
    const times = new Map<string, number>();
    breaking.breaksAt = (name) => {
      times.set(name, (times.get(name) ?? 0) + 1);
      return false;
    };
    await breaking.round(kind);
    for (const [name, count] of times) if (!steps.has(name)) steps.set(name, { kind, name, times: count });
  }
  return [...steps.values()];
}

describe('a connection to the mailbox that breaks', () => {
  const rounds = askedRounds();

  test(
    'at each step of the dialogue loses no message and doubles none',
    async () => {
      await using breaking = await BreakingMailbox.open();
      const all = await rehearse(breaking);
      const names = new Set(all.map(({ name }) => name));
      expect(STAGES.filter((stage) => !names.has(stage))).toEqual([]);
      const once = all.filter(({ kind, name }) => (kind === 'many' ? OF_OTHERS.includes(name) : !LEFT_OUT.test(name)));
      const random = mulberry32(rounds?.seed ?? 1);
      for (const { kind, name, times } of rounds ? shuffledSteps(all, rounds) : once) {
        // Not always the first time: something has been received by then.
        let left = Math.ceil((random() * times) / 2);
        breaking.breaksAt = (at) => {
          if (at === name) left -= 1;
          return at === name && left === 0;
        };
        await breaking.round(kind);
        expect([name, left <= 0]).toEqual([name, true]);
      }
      expect(await breaking.differences()).toEqual([]);
    },
    limitMs(),
  );
});
