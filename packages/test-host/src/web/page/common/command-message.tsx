import type { CommandOutcome } from '@exact/host-contracts';
import { FailureCard } from './failure-card.js';
import { triedByYou } from './tried-again.js';

/** What came of a command, read out when it comes up. */
export function CommandMessage({ outcome }: { outcome: CommandOutcome | undefined }) {
  return (
    <div aria-live="polite">
      {outcome?.done === false && (
        <FailureCard failure={outcome.failure} severity="warning" again={triedByYou(outcome.failure.retry)} />
      )}
      {outcome?.done === true && outcome.sentence !== undefined && <p className="card info">{outcome.sentence}</p>}
    </div>
  );
}
