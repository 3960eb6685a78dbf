import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { askedRounds, limitMs } from './crash-rounds.js';
import { ANSWERS, OutboxModel, type Happening } from './outbox-model.js';

const computer = fc.nat({ max: 1 });
const email = fc.nat({ max: 9 });
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ kind: 'written' } as const) },
  { weight: 1, arbitrary: fc.constant({ kind: 'found in Sent Items' } as const) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('the clock goes' as const), hours: fc.integer({ min: -30, max: 30 }) }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constantFrom('takes over', 'claims', 'begins', 'settles', 'crashes' as const),
      computer,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('submits' as const), computer, answer: fc.constantFrom(...ANSWERS) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('released', 'reset', 'stopped', 'said to have arrived', 'sent again' as const),
      email,
    }),
  },
);
/** What a submission consists of, so that most of them get somewhere between the other happenings. */
const submission: fc.Arbitrary<readonly Happening[]> = fc
  .record({
    by: computer,
    answer: fc.constantFrom(...ANSWERS),
    between: fc.array(fc.array(happening, { maxLength: 2 }), { minLength: 5, maxLength: 5 }),
  })
  .map(({ by, answer, between }) => {
    const steps: readonly Happening[] = [
      { kind: 'claims', computer: by },
      { kind: 'begins', computer: by },
      { kind: 'submits', computer: by, answer },
      { kind: 'settles', computer: by },
    ];
    return steps.flatMap((step, index) => [...(between[index] ?? []), step]);
  });
const history = fc
  .array(
    fc.oneof(
      submission,
      happening.map((each) => [each]),
    ),
    { maxLength: 25 },
  )
  .map((parts): readonly Happening[] => [{ kind: 'takes over', computer: 0 }, { kind: 'written' }, ...parts.flat()]);

describe('the Outbox, whatever happens to computers, server, clock and persons', () => {
  const rounds = askedRounds();

  test(
    'at each step sends an email once, or tells a person who decides, and loses none',
    async () => {
      const property = fc.asyncProperty(history, async (happenings) => {
        await using model = await OutboxModel.open();
        let written = 0;
        for (const each of happenings) {
          await model.happen(each);
          if (each.kind === 'written') written += 1;
          expect(await model.broken()).toEqual([]);
        }
        const rows = await model.drain();
        expect(await model.broken()).toEqual([]);
        expect(rows).toHaveLength(written);
        const onTheWay = rows.filter(({ state }) => state === 'claimed' || state === 'submitting');
        expect(onTheWay).toEqual([]);
      });
      const asked = rounds ? { seed: rounds.seed, numRuns: rounds.runs * 10 } : {};
      await fc.assert(property, { numRuns: 150, ...asked });
    },
    limitMs(),
  );
});
