import type { OutboxRow, OutboxView } from '@exact/host-contracts';
import { useId, useState } from 'react';
import { useLive } from '../api/use-live.js';
import { formatShortTime } from '../common/format.js';
import { describeNews } from './delivery-news.js';
import { PAGE_SIZE } from './folders.js';
import { MessageTable, Pager, type TableRow } from './message-table.js';
import { columnsOf, NEWEST_FIRST, wordsOf } from './outbox-order.js';
import { OutboxReader } from './outbox-reader.js';
import { describeState } from './outbox-states.js';
import { TaggedText } from './tagged-text.js';
import { usePage } from './use-page.js';

/** The parts of the Outbox, and what is said of one that holds nothing. */
const PARTS = [
  { view: 'outbox', title: 'All that has not left', empty: 'Nothing waits.' },
  { view: 'waiting', title: 'Waiting to be sent', empty: 'Nothing waits to be sent.' },
  { view: 'held', title: 'Held', empty: 'Nothing is held.' },
  { view: 'failed', title: 'Failed', empty: 'Nothing has failed.' },
  { view: 'uncertain', title: 'Unclear whether it arrived', empty: 'Nothing is unclear.' },
  { view: 'stopped', title: 'Stopped before it left', empty: 'Nothing was stopped.' },
] as const satisfies readonly Part[];

/** The parts of Sent. */
const SENT_PARTS = [
  { view: 'sent', title: 'All that was sent', empty: 'Nothing is sent yet.' },
  { view: 'undelivered', title: 'Not delivered', empty: 'Nothing came back.' },
] as const satisfies readonly Part[];

interface Part {
  readonly view: OutboxView;
  readonly title: string;
  readonly empty: string;
}

/** What is shown first. */
export interface OutboxOpening {
  readonly view: OutboxView;
  readonly email?: number;
}

/** Outbox and Sent: the list, and beside it the email that was chosen. */
export function OutboxTab({ folder, opening }: { folder: 'outbox' | 'sent'; opening?: OutboxOpening | undefined }) {
  const [view, setView] = useState<OutboxView>(opening?.view ?? folder);
  const [order, setOrder] = useState(NEWEST_FIRST);
  const [asked, setOffset] = useState(0);
  const [selected, setSelected] = useState(opening?.email);
  const page = usePage(
    useLive('outbox.list', { view, order, offset: asked, limit: PAGE_SIZE }, ['outbox']),
    asked,
    setOffset,
  );
  const columns = columnsOf(view, order, (sorted) => {
    setOrder(sorted);
    setOffset(0);
  });
  return (
    <div className="mail-split">
      <div className="mail-list">
        <PartChoice
          parts={partsOf(folder)}
          view={view}
          onChoose={(chosen) => {
            setView(chosen);
            setOffset(0);
            setSelected(undefined);
          }}
        />
        <div className="mail-scroll">
          <MessageTable
            isOutgoing
            columns={columns}
            rows={(page?.rows ?? []).map((row) => toTableRow(row, folder))}
            selected={selected}
            onSelect={setSelected}
          />
          {page?.total === 0 && <p className="empty">{partsOf(folder).find((part) => part.view === view)?.empty}</p>}
        </div>
        {page && <Pager total={page.total} offset={page.offset} words={wordsOf(order)} onGo={setOffset} />}
      </div>
      {selected !== undefined && (
        <div className="mail-reader">
          <OutboxReader key={selected} id={selected} />
        </div>
      )}
    </div>
  );
}

function partsOf(folder: 'outbox' | 'sent'): readonly Part[] {
  return folder === 'outbox' ? PARTS : SENT_PARTS;
}

function PartChoice(props: {
  readonly parts: readonly Part[];
  readonly view: OutboxView;
  readonly onChoose: (view: OutboxView) => void;
}) {
  const { parts, view, onChoose } = props;
  const id = useId();
  return (
    <div className="list-choice">
      <label htmlFor={id}>Show</label>
      <select
        id={id}
        value={view}
        onChange={(event) => {
          onChoose(event.target.value as OutboxView);
        }}
      >
        {parts.map((part) => (
          <option key={part.view} value={part.view}>
            {part.title}
          </option>
        ))}
      </select>
    </div>
  );
}

function toTableRow(row: OutboxRow, folder: 'outbox' | 'sent'): TableRow {
  const to = row.recipients.map(({ address }) => address).join(', ');
  const written = `${formatShortTime(row.queuedAt)} by ${row.queuedBy}`;
  const sent = <TaggedText tag={describeNews(row)}>{formatShortTime(row.sentAt ?? row.queuedAt)}</TaggedText>;
  const state = folder === 'sent' ? sent : describeState(row);
  return {
    id: row.id,
    cells: [to, row.subject === '' ? 'No subject' : row.subject, state, written],
    isUnread: row.isNews ?? false,
  };
}
