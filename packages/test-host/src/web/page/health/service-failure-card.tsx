import type { Failure } from '@exact/host-contracts';
import { useLive } from '../api/use-live.js';
import { FailureCard } from '../common/failure-card.js';
import { triedByService } from '../common/tried-again.js';
import { wantsSignIn } from './sign-in-wanted.js';

/** What the email service met. Who may not set up email is not told to sign in. */
export function ServiceFailureCard({ failure }: { failure: Failure }) {
  const mayConfigure = useLive('panel', {}, ['panel'])?.mayConfigure === true;
  const isForOthers = failure.fixedBy === 'user' && wantsSignIn(failure) && !mayConfigure;
  return (
    <FailureCard
      failure={failure}
      severity="warning"
      who={isForOthers ? 'Somebody who may set up email' : undefined}
      again={triedByService(failure)}
    />
  );
}

/** What keeps back every email that waits. */
export function WhyNothingLeaves() {
  const service = useLive('email-service', {}, ['health', 'menu']);
  const reports = service?.reports.filter(({ part, state }) => part === 'send' || state === 'sign-in required') ?? [];
  const failure = reports.find((report) => report.failure !== undefined)?.failure;
  return failure && <ServiceFailureCard failure={failure} />;
}
