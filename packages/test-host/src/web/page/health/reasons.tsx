import type { Failure, HealthReport, OutboxState } from '@exact/host-contracts';
import { useLive } from '../api/use-live.js';
import { FailureCard } from '../common/failure-card.js';
import { formatCount } from '../common/format.js';
import { ServiceFailureCard } from './service-failure-card.js';

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
  return different.map((failure) => <ServiceFailureCard key={failure.code} failure={failure} />);
}

/** Why messages can't be received yet: each reason once, with how many have it. */
export function InboxReasons({ setAside }: { setAside: readonly Failure[] }) {
  return (
    <Reasons
      title="Why emails can’t be received yet"
      reasons={countedBy(setAside)}
      again="EXACT tries again by itself."
    />
  );
}

/** Why emails stand in the Outbox: each reason once, with how many have it. */
export function OutboxReasons() {
  const reasons = useLive('outbox.reasons', {}, ['outbox']) ?? [];
  const told = reasons.flatMap(({ state, failure, emails }) => {
    const words = WORDS[state];
    return words === undefined ? [] : [{ words, failure, count: emails }];
  });
  return <Reasons title="Why emails are in the Outbox" reasons={told} />;
}

interface CountedReason {
  readonly words: string;
  readonly failure: Failure;
  readonly count: number;
}

function Reasons(props: {
  readonly title: string;
  readonly reasons: readonly CountedReason[];
  readonly again?: string;
}) {
  if (props.reasons.length === 0) return null;
  return (
    <section className="reasons" aria-label={props.title}>
      <h3>{props.title}</h3>
      {props.reasons.map(({ words, count, failure }) => (
        <div key={`${words} ${failure.code}`}>
          <h4>{`${formatCount(count, 'email', 'emails')} ${words}`.trim()}</h4>
          <FailureCard failure={failure} severity="warning" again={props.again} />
        </div>
      ))}
    </section>
  );
}

function countedBy(failures: readonly Failure[]): readonly CountedReason[] {
  return [...Map.groupBy(failures, ({ code }) => code).values()].flatMap((same) => {
    const [failure] = same;
    return failure ? [{ words: '', failure, count: same.length }] : [];
  });
}
