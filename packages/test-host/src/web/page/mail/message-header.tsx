import { type Address, formatAddress, type MessageIndex } from '@exact/host-contracts';
import { formatTime } from '../common/format.js';

/** Who wrote to whom, when and about what. */
export function MessageHeader({ index, arrivedAt }: { index: MessageIndex; arrivedAt: number }) {
  const rows: readonly (readonly [string, string])[] = [
    ['From', index.from ? formatAddress(index.from) : 'Unknown sender'],
    ['To', people(index.to)],
    ...(index.cc.length > 0 ? [['Cc', people(index.cc)] as const] : []),
    ['Received', formatTime(arrivedAt)],
  ];
  return (
    <header>
      <h3 className="subject">{index.subject === '' ? 'No subject' : index.subject}</h3>
      <HeaderRows rows={rows} />
    </header>
  );
}

export function HeaderRows({ rows }: { rows: readonly (readonly [string, string])[] }) {
  return (
    <dl className="key-values">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** More than these would push the text out of sight. */
const MOST_SHOWN = 10;

function people(addresses: readonly Address[]): string {
  const shown = addresses.slice(0, MOST_SHOWN).map(formatAddress).join(', ');
  const more = addresses.length - MOST_SHOWN;
  return more > 0 ? `${shown} and ${more.toString()} more` : shown;
}
