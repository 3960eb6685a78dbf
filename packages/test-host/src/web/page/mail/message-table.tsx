import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import { Button } from '../common/button.js';
import { formatCount, formatNumber } from '../common/format.js';
import { PAGE_SIZE } from './folders.js';

/** A row of a table of messages. */
export interface TableRow {
  readonly id: number;
  readonly cells: readonly ReactNode[];
  readonly isUnread?: boolean;
}

/** A column by which the list can be sorted. */
export interface SortableColumn {
  readonly title: string;
  /** How the list is sorted by it; `undefined` = by another one. */
  readonly sorted: 'ascending' | 'descending' | undefined;
  readonly onSort: () => void;
}

/** A table of messages. One row can be reached by Tab, the others by the arrow keys; Enter or a click opens one. */
export function MessageTable(props: {
  readonly columns: readonly (string | SortableColumn)[];
  readonly isOutgoing?: boolean;
  readonly rows: readonly TableRow[];
  readonly selected: number | undefined;
  readonly onSelect: (id: number) => void;
}) {
  const body = useRef<HTMLTableSectionElement>(null);
  const { rows, selected, onSelect } = props;
  const reachable = rows.some(({ id }) => id === selected) ? selected : rows[0]?.id;

  const move = (event: KeyboardEvent<HTMLTableRowElement>, id: number): void => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      onSelect(id);
      return;
    }
    const at = rows.findIndex((row) => row.id === id);
    const target = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    const row = target === undefined ? undefined : body.current?.rows.item(target);
    if (!row || target === -1) return;
    event.preventDefault();
    row.focus();
  };

  return (
    <table className={props.isOutgoing ? 'messages outgoing' : 'messages'} aria-label="Messages">
      <thead>
        <tr>
          {props.columns.map((column) => (
            <ColumnHeader key={titleOf(column)} column={column} />
          ))}
        </tr>
      </thead>
      <tbody ref={body}>
        {rows.map(({ id, cells, isUnread }) => (
          <tr
            key={id}
            tabIndex={id === reachable ? 0 : -1}
            aria-current={id === selected}
            className={isUnread ? 'unread' : undefined}
            onClick={() => {
              onSelect(id);
            }}
            onKeyDown={(event) => {
              move(event, id);
            }}
          >
            {cells.map((cell, index) => (
              <td key={titleOf(props.columns[index] ?? '')}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function titleOf(column: string | SortableColumn): string {
  return typeof column === 'string' ? column : column.title;
}

function ColumnHeader({ column }: { column: string | SortableColumn }) {
  if (typeof column === 'string') return <th scope="col">{column}</th>;
  const { title, sorted, onSort } = column;
  return (
    <th scope="col" aria-sort={sorted ?? 'none'}>
      <button type="button" className="sort" onClick={onSort}>
        {title}
        <span aria-hidden="true">{sorted && (sorted === 'ascending' ? ' ▲' : ' ▼')}</span>
      </button>
    </th>
  );
}

/** How the order of a list and its ends are called. */
export interface PagerWords {
  readonly order: string;
  readonly back: string;
  readonly on: string;
}

const NEWEST_FIRST: PagerWords = { order: 'newest first', back: 'Newer', on: 'Older' };

/** How many messages there are, and the way to the others. */
export function Pager(props: {
  readonly total: number;
  readonly offset: number;
  /** What is counted. Default: messages. */
  readonly counted?: readonly [one: string, many: string];
  /** What the buttons lead to. Default: newest first. */
  readonly words?: PagerWords;
  readonly onGo: (offset: number) => void;
}) {
  const { total, offset, onGo, counted: [one, many] = ['message', 'messages'], words = NEWEST_FIRST } = props;
  const last = Math.min(offset + PAGE_SIZE, total);
  return (
    <div className="pager">
      <span>{formatCount(total, one, many)}</span>
      {total > PAGE_SIZE && (
        <>
          <span className="hint">{`${formatNumber(offset + 1)} to ${formatNumber(last)}, ${words.order}`}</span>
          <Button
            disabled={offset === 0}
            onPress={() => {
              onGo(Math.max(0, offset - PAGE_SIZE));
            }}
          >
            {words.back}
          </Button>
          <Button
            disabled={last >= total}
            onPress={() => {
              onGo(offset + PAGE_SIZE);
            }}
          >
            {words.on}
          </Button>
        </>
      )}
    </div>
  );
}
