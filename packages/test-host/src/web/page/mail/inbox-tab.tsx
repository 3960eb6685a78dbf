import type { InboxRow } from '@exact/host-contracts';
import { useState } from 'react';
import { useHost } from '../api/host-context.js';
import { useLive } from '../api/use-live.js';
import { formatShortTime } from '../common/format.js';
import { useReport } from '../common/reports.js';
import type { DraftOpening } from './draft.js';
import { PAGE_SIZE } from './folders.js';
import { InboxReader } from './inbox-reader.js';
import { MessageTable, Pager, type TableRow } from './message-table.js';
import { originWords } from './report-notice.js';
import { TaggedText } from './tagged-text.js';
import { usePage } from './use-page.js';

const COLUMNS = ['From', 'Subject', 'Received', 'Patient'];

/** Inbox and Deleted: the list, and beside it the message that was chosen. */
export function InboxTab(props: {
  readonly folder: 'inbox' | 'deleted';
  /** The practice's own addresses; `undefined` until they are known. */
  readonly own: readonly string[] | undefined;
  readonly onAnswer: (opening: DraftOpening) => void;
  /** Goes to an email that was sent. */
  readonly onShowSent: (email: number) => void;
}) {
  const { folder, own, onAnswer, onShowSent } = props;
  const host = useHost();
  const report = useReport();
  const [asked, setOffset] = useState(0);
  const [selected, setSelected] = useState<number>();
  const page = usePage(useLive('inbox.list', { folder, offset: asked, limit: PAGE_SIZE }, ['inbox']), asked, setOffset);

  const select = (id: number): void => {
    setSelected(id);
    if (page?.rows.some((row) => row.id === id && !row.read)) {
      host.call('inbox.mark-read', { id, read: true }).catch(report);
    }
  };

  return (
    <div className="mail-split">
      <div className="mail-list">
        <div className="mail-scroll">
          <MessageTable
            columns={COLUMNS}
            rows={(page?.rows ?? []).map(toTableRow)}
            selected={selected}
            onSelect={select}
          />
          {page?.total === 0 && <p className="empty">{folder === 'inbox' ? 'No email yet.' : 'Nothing is deleted.'}</p>}
        </div>
        {page && <Pager total={page.total} offset={page.offset} onGo={setOffset} />}
      </div>
      {selected !== undefined && (
        <div className="mail-reader">
          <InboxReader
            key={selected}
            id={selected}
            own={own}
            onAnswer={onAnswer}
            onShowSent={onShowSent}
            onGone={() => {
              setSelected(undefined);
            }}
          />
        </div>
      )}
    </div>
  );
}

function toTableRow({ id, index, arrivedAt, patient, suggested, read }: InboxRow): TableRow {
  const from = index.from?.name ?? index.from?.address ?? 'Unknown sender';
  const whose = patient?.name ?? (suggested.length > 0 ? `${suggested.map(({ name }) => name).join(' or ')}?` : '');
  const subject = index.subject === '' ? 'No subject' : index.subject;
  const tagged = <TaggedText tag={originWords(index.automatic, index.deliveryReport)}>{subject}</TaggedText>;
  return { id, cells: [from, tagged, formatShortTime(arrivedAt), whose], isUnread: !read };
}
