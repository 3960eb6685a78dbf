import type { JsonValue } from '@exact/host-contracts';
import { useState } from 'react';
import type { ChangeHistory } from '../../api/host-types.js';
import { useLive } from '../api/use-live.js';
import { Button } from '../common/button.js';
import { formatTime } from '../common/format.js';
import { PAGE_SIZE } from '../mail/folders.js';
import { Pager } from '../mail/message-table.js';
import { usePage } from '../mail/use-page.js';
import { WindowButtons } from '../windows/window-buttons.js';
import { Window } from '../windows/window.js';

/** Configure > Change history: who changed what when, from what to what. */
export function ChangeHistoryWindow({ onClose }: { onClose: () => void }) {
  const [asked, setOffset] = useState(0);
  const answer = useLive('history.list', { offset: asked, limit: PAGE_SIZE }, ['health', 'practice']);
  const page = usePage(answer, asked, setOffset);
  return (
    <Window title="Change history" size="large" onClose={onClose}>
      <div className="window-body">
        {page && page.total > 0 && <Changes rows={page.rows} />}
        {page?.total === 0 && <p className="empty">Nothing has been changed yet.</p>}
      </div>
      {page && page.total > 0 && (
        <Pager total={page.total} offset={page.offset} counted={['change', 'changes']} onGo={setOffset} />
      )}
      <WindowButtons>
        <Button onPress={onClose}>Close</Button>
      </WindowButtons>
    </Window>
  );
}

function Changes({ rows }: Pick<ChangeHistory, 'rows'>) {
  return (
    <table className="changes" aria-label="Changes">
      <thead>
        <tr>
          {['When', 'Who', 'What', 'Before', 'After'].map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, at, by, title, subject, before, after }) => (
          <tr key={id}>
            <td>{formatTime(at)}</td>
            <td>{by}</td>
            <td>{title === '' ? subject : title}</td>
            <td>
              <Value value={before} />
            </td>
            <td>
              <Value value={after} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A text, or names with their values, one line each. */
function Value({ value }: { value: JsonValue }) {
  if (value === null || value === '') return 'nothing';
  if (typeof value !== 'object') return String(value);
  return Object.entries(value).map(([name, each]) => (
    <div key={name}>{`${name}: ${typeof each === 'string' ? each : JSON.stringify(each)}`}</div>
  ));
}
