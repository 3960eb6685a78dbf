import type { AccountKey, Fence, OutboxStore, ReceivedMessage } from '@exact/host-contracts';

/** Whom reports are told, and for which account. */
export interface DeliveryNewsTarget {
  readonly outbox: Pick<OutboxStore, 'report'>;
  readonly account: AccountKey;
  readonly fence: Fence;
}

/**
 * Tells the Outbox what delivery reports among messages say, before these are stored: after a crash in between they are
 * received and told once more, which the Outbox knows. `stale-fence`: somebody else holds the lease.
 */
export async function tellDeliveryNews(
  { outbox, account, fence }: DeliveryNewsTarget,
  messages: readonly ReceivedMessage[],
): Promise<'told' | 'stale-fence'> {
  for (const { identity, arrivedAt, index } of messages) {
    const { deliveryReport: report } = index;
    if (!report) continue;
    const outcome = await outbox.report({ account, fence, identity, arrivedAt, report });
    if (outcome.kind === 'refused') return outcome.reason;
  }
  return 'told';
}
