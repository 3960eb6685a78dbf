import type { OutboxOrder, OutboxView } from '@exact/host-contracts';
import type { PagerWords, SortableColumn } from './message-table.js';

export const NEWEST_FIRST: OutboxOrder = { by: 'time', descending: true };

/** The columns of a list and which of them sort it; a State has a choice of its own. */
export function columnsOf(
  view: OutboxView,
  order: OutboxOrder,
  onSort: (order: OutboxOrder) => void,
): readonly (string | SortableColumn)[] {
  const column = (title: string, by: OutboxOrder['by']): SortableColumn => ({
    title,
    sorted: order.by !== by ? undefined : order.descending ? 'descending' : 'ascending',
    onSort: () => {
      // A first press brings the beginning of the alphabet, or the newest.
      onSort({ by, descending: order.by === by ? !order.descending : by === 'time' });
    },
  });
  const to = column('To', 'to');
  const subject = column('Subject', 'subject');
  return view === 'sent' || view === 'undelivered'
    ? [to, subject, column('Sent', 'time'), 'Written']
    : [to, subject, 'State', column('Written', 'time')];
}

/** How the order is called where one goes from page to page. */
export function wordsOf({ by, descending }: OutboxOrder): PagerWords {
  if (by !== 'time') return { order: descending ? 'from Z to A' : 'from A to Z', back: 'Previous', on: 'Next' };
  return descending
    ? { order: 'newest first', back: 'Newer', on: 'Older' }
    : { order: 'oldest first', back: 'Older', on: 'Newer' };
}
