import type { InboxFolder, InboxRow, Patient } from '@exact/host-contracts';
import { json, number, text } from './columns.js';
import type { Row } from './sqlite.adapter.js';

/** Columns that `toInboxRow` reads. */
export const INBOX_COLUMNS = `messages.id, arrived_at, folder, read, patient, suggested, summary, raw_messages.size
  FROM messages JOIN raw_messages ON raw_messages.id = messages.raw`;

export function toInboxRow(row: Row): InboxRow {
  const patient = json(row, 'patient') as Patient | undefined;
  return {
    id: number(row, 'id'),
    arrivedAt: number(row, 'arrived_at'),
    index: json(row, 'summary') as InboxRow['index'],
    size: number(row, 'size'),
    folder: text(row, 'folder') as InboxFolder,
    read: number(row, 'read') === 1,
    ...(patient && { patient }),
    suggested: patient ? [] : (json(row, 'suggested') as readonly Patient[]),
  };
}
