import type { Failure, HealthReport, OutboxRow, OutboxState } from '@exact/host-contracts';
import { useLive } from '../api/use-live.js';
import { FailureCard } from '../common/failure-card.js';
import { formatCount } from '../common/format.js';
import { triedByService } from '../common/tried-again.js';

/** As many rows as one question gives; the oldest of a longer Outbox have the same reasons. */
const ROWS = 500;

const WORDS: Partial<Readonly<Record<OutboxState, string>>> = {
  queued: 'waiting',
  held: 'held',
  failed: 'failed',
  uncertain: 'unclear',
};

/** Why the service does not work. Each reason once: both halves often have the same. */
export function ServiceReasons({ reports }: { reports: readonly HealthReport[] }) {
  const failures = reports.map(({ failure }) => failure).filter((failure) => failure !== undefined);
  const different = [...new Map(failures.map((failure) => [failure.code, failure])).values()];
  return different.map((failure) => (
    <FailureCard key={failure.code} failure={failure} severity="warning" again={triedByService(failure.retry)} />
  ));
}

/** Why emails stand in the Outbox: each reason once, with how many have it. */
export function OutboxReasons() {
  const page = useLive('outbox.list', { folder: 'outbox', offset: 0, limit: ROWS }, ['outbox']);
  const reasons = reasonsOf(page?.rows ?? []);
  if (reasons.length === 0) return null;
  return (
    <section aria-label="Why emails are in the Outbox">
      <h3>Why emails are in the Outbox</h3>
      {reasons.map(({ words, count, failure }) => (
        <div key={`${words} ${failure.code}`}>
          <h4>{`${formatCount(count, 'email', 'emails')} ${words}`}</h4>
          <FailureCard failure={failure} severity="warning" />
        </div>
      ))}
    </section>
  );
}

interface Reason {
  readonly words: string;
  readonly count: number;
  readonly failure: Failure;
}

function reasonsOf(rows: readonly OutboxRow[]): readonly Reason[] {
  const reasons = new Map<string, Reason>();
  for (const { state, failure } of rows) {
    const words = WORDS[state];
    if (!failure || words === undefined) continue;
    const key = `${state} ${failure.code}`;
    const count = (reasons.get(key)?.count ?? 0) + 1;
    reasons.set(key, { words, count, failure });
  }
  return [...reasons.values()];
}
