import { redact, type Failure, type OutboxEmail, type RecipientOutcome } from '@exact/host-contracts';
import type { SubmitOutcome } from './submission.js';

/** A server may repeat whom and what an email is about: no detail of a failure holds it. */
export function unsaid(outcome: SubmitOutcome, email: OutboxEmail): SubmitOutcome {
  const clean = (failure: Failure): Failure =>
    failure.details === undefined ? failure : { ...failure, details: redact(failure.details, wordsOf(email)) };
  const recipientsOf = (recipients: readonly RecipientOutcome[]): readonly RecipientOutcome[] =>
    recipients.map((each) => (each.failure ? { ...each, failure: clean(each.failure) } : each));
  switch (outcome.kind) {
    case 'accepted':
      return { ...outcome, recipients: recipientsOf(outcome.recipients) };
    case 'not-sent':
      return { ...outcome, failure: clean(outcome.failure) };
    case 'refused':
    case 'uncertain':
      return { ...outcome, failure: clean(outcome.failure), recipients: recipientsOf(outcome.recipients) };
  }
}

function wordsOf({ email, patient, attachmentNames }: OutboxEmail): readonly string[] {
  const { to, cc = [], bcc = [], subject } = email;
  const people = [...to, ...cc, ...bcc].flatMap(({ address, name = '' }) => [address, name]);
  return [subject, patient?.name ?? '', ...attachmentNames, ...people];
}
