import type { Failure, OutboxState, RecipientOutcome, SubmissionOutcome } from '@exact/host-contracts';
import { normal } from './patient-table.js';

/** What the end of a submission makes of an email. */
export interface Settlement {
  readonly state: OutboxState;
  readonly failure: Failure | undefined;
  /** When it may leave again; `undefined` = as before. */
  readonly notBefore: number | undefined;
  /** All recipients of the email, in their order. */
  readonly recipients: readonly RecipientOutcome[];
}

/** Whom the server accepted once stays accepted: they have the email. */
export function settlementOf(outcome: SubmissionOutcome, before: readonly RecipientOutcome[]): Settlement {
  const unchanged = { failure: outcome.failure, notBefore: undefined, recipients: before };
  switch (outcome.kind) {
    case 'uncertain':
      return { ...unchanged, state: 'uncertain', recipients: merge(before, outcome.recipients) };
    case 'held':
      return { ...unchanged, state: 'held' };
    case 'again':
      return { ...unchanged, state: 'queued', notBefore: outcome.notBefore };
    case 'settled': {
      const recipients = merge(before, outcome.recipients);
      const isSent =
        recipients.some((recipient) => recipient.outcome === 'accepted') &&
        recipients.every((recipient) => recipient.outcome !== 'refused');
      const failure = isSent ? undefined : (outcome.failure ?? firstFailure(recipients));
      return { state: isSent ? 'sent' : 'failed', failure, notBefore: undefined, recipients };
    }
  }
}

function merge(before: readonly RecipientOutcome[], now: readonly RecipientOutcome[]): readonly RecipientOutcome[] {
  const told = new Map(now.map((recipient) => [normal(recipient.address), recipient]));
  return before.map((recipient) => {
    const news = told.get(normal(recipient.address));
    return news && recipient.outcome !== 'accepted' ? { ...news, address: recipient.address } : recipient;
  });
}

function firstFailure(recipients: readonly RecipientOutcome[]): Failure | undefined {
  return recipients.find(({ outcome }) => outcome === 'refused')?.failure;
}
