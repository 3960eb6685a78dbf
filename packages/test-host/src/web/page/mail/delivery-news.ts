import type { DeliveryNews, OutboxRow, RecipientOutcome } from '@exact/host-contracts';
import { formatCount } from '../common/format.js';

/** A recipient of whom a report has said something. */
export type RecipientWithNews = RecipientOutcome & { readonly news: DeliveryNews };

/** For whom it came back, or for whom it is late. */
export function recipientsWith(row: Pick<OutboxRow, 'recipients'>, result: DeliveryNews['result']) {
  return row.recipients.filter((each): each is RecipientWithNews => each.news?.result === result);
}

/** What a report has said of an email, in a few words: `undefined` when none has said anything. */
export function describeNews(row: Pick<OutboxRow, 'recipients'>): string | undefined {
  const { length: failed } = recipientsWith(row, 'failed');
  if (failed === row.recipients.length && failed > 0) return 'Not delivered';
  if (failed > 0) return `Not delivered to ${formatCount(failed, 'recipient', 'recipients')}`;
  return recipientsWith(row, 'delayed').length > 0 ? 'Late, still being tried' : undefined;
}
