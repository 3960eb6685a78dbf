import type { OutboxState } from '@exact/host-contracts';

/**
 * What may happen to an email, and where it may lead from each state. Whatever is not in this table does not happen.
 *
 * - `claim`: the send job takes it; `held` when its recipients are not allowed here.
 * - `begin`: the submission begins, before MAIL FROM.
 * - `settle`: the submission has ended, or could not begin, or an email in doubt was found in Sent Items.
 * - `recover`: a lease has ended; nothing that was in doubt goes back to `queued`.
 * - the rest is pressed by a person; `reset` lets of the sent ones only those go again that came back.
 */
export const OUTBOX_TRANSITIONS = {
  claim: { queued: ['claimed', 'held'] },
  begin: { claimed: ['submitting'] },
  settle: {
    claimed: ['queued', 'held', 'sent', 'failed'],
    submitting: ['queued', 'held', 'sent', 'failed', 'uncertain'],
    uncertain: ['sent', 'failed', 'uncertain'],
  },
  recover: { claimed: ['queued'], submitting: ['uncertain'], queued: ['held'] },
  release: { held: ['queued'] },
  reset: { failed: ['queued'], sent: ['queued'] },
  decide: { uncertain: ['sent', 'failed', 'queued'] },
  stop: { queued: ['stopped'], held: ['stopped'] },
} as const satisfies Record<string, Partial<Record<OutboxState, readonly OutboxState[]>>>;

export type OutboxStep = keyof typeof OUTBOX_TRANSITIONS;

export function isAllowed(step: OutboxStep, from: OutboxState, to: OutboxState): boolean {
  const targets: Partial<Record<OutboxState, readonly OutboxState[]>> = OUTBOX_TRANSITIONS[step];
  return targets[from]?.includes(to) ?? false;
}
