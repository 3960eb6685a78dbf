import fc from 'fast-check';
import { transports, type Transport } from '../generated/transport.js';
import type { Trouble } from './fake-mailbox.js';
import { LETTERS } from './history-letters.js';

/** Something that happens to a mailbox, or in EXACT. `which` and `letter` say to what: the n-th of what there is. */
export type HistoryStep =
  /** A letter comes, perhaps one that came before, in whatever writing. */
  | { readonly kind: 'deliver'; readonly letter: number; readonly transport: Transport }
  | { readonly kind: 'delete' | 'move-out' | 'move-back' | 'withhold' | 'release'; readonly which: number }
  /** The server numbers anew, or writes everything anew besides. */
  | { readonly kind: 'renumber' }
  | { readonly kind: 'rewrite'; readonly transport: Transport }
  | { readonly kind: 'reset-counter' }
  /** What EXACT had from POP3 before. */
  | { readonly kind: 'import'; readonly letter: number; readonly transport: Transport }
  | { readonly kind: 'staff-delete' | 'staff-restore' | 'link'; readonly which: number }
  | { readonly kind: 'receive'; readonly trouble?: Trouble };

const letter = fc.nat({ max: LETTERS.length - 1 });
const which = fc.nat({ max: 9 });
const trouble = fc.record({
  kind: fc.constantFrom('break' as const, 'crash' as const),
  afterPieces: fc.nat({ max: 25 }),
});

const step: fc.Arbitrary<HistoryStep> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('deliver' as const), letter, transport: transports }) },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'delete' as const,
        'move-out' as const,
        'move-back' as const,
        'withhold' as const,
        'release' as const,
        'staff-delete' as const,
        'staff-restore' as const,
        'link' as const,
      ),
      which,
    }),
  },
  { weight: 2, arbitrary: fc.constantFrom({ kind: 'renumber' as const }, { kind: 'reset-counter' as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('rewrite' as const), transport: transports }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('import' as const), letter, transport: transports }) },
  { weight: 3, arbitrary: fc.constant({ kind: 'receive' as const }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('receive' as const), trouble }) },
);

export const histories: fc.Arbitrary<readonly HistoryStep[]> = fc.array(step, { minLength: 5, maxLength: 40 });
