import type { OutboxRow } from '@exact/host-contracts';
import { useState } from 'react';
import { useLive } from '../api/use-live.js';
import { formatShortTime } from '../common/format.js';
import { PAGE_SIZE } from './folders.js';
import { MessageTable, Pager, type TableRow } from './message-table.js';
import { OutboxReader } from './outbox-reader.js';
import { describeState } from './outbox-states.js';
import { usePage } from './use-page.js';

const OUTBOX_COLUMNS = ['To', 'Subject', 'State', 'Written'];
const SENT_COLUMNS = ['To', 'Subject', 'Sent', 'Written'];

/** Outbox and Sent: the list, and beside it the email that was chosen. */
export function OutboxTab({ folder }: { folder: 'outbox' | 'sent' }) {
  const [asked, setOffset] = useState(0);
  const [selected, setSelected] = useState<number>();
  const page = usePage(
    useLive('outbox.list', { folder, offset: asked, limit: PAGE_SIZE }, ['outbox']),
    asked,
    setOffset,
  );
  return (
    <div className="mail-split">
      <div className="mail-list">
        <div className="mail-scroll">
          <MessageTable
            isOutgoing
            columns={folder === 'sent' ? SENT_COLUMNS : OUTBOX_COLUMNS}
            rows={(page?.rows ?? []).map((row) => toTableRow(row, folder))}
            selected={selected}
            onSelect={setSelected}
          />
          {page?.total === 0 && (
            <p className="empty">{folder === 'sent' ? 'Nothing is sent yet.' : 'Nothing waits.'}</p>
          )}
        </div>
        {page && <Pager total={page.total} offset={page.offset} onGo={setOffset} />}
      </div>
      {selected !== undefined && (
        <div className="mail-reader">
          <OutboxReader key={selected} id={selected} />
        </div>
      )}
    </div>
  );
}

function toTableRow(row: OutboxRow, folder: 'outbox' | 'sent'): TableRow {
  const to = row.recipients.map(({ address }) => address).join(', ');
  const written = `${formatShortTime(row.queuedAt)} by ${row.queuedBy}`;
  const state = folder === 'sent' ? formatShortTime(row.sentAt ?? row.queuedAt) : describeState(row);
  return { id: row.id, cells: [to, row.subject === '' ? 'No subject' : row.subject, state, written] };
}
