import { headerText } from './header-text.js';
import { KeptResults } from './kept-results.js';
import type { HeaderFields } from './mime-header.js';

/** The fields that the author wrote, and what of each makes it another one; all else is a matter of writing. */
const AUTHOR_HEADERS: readonly (readonly [name: string, read: (value: string) => string])[] = [
  ['message-id', identifiers],
  ['date', instant],
  ['from', addressList],
  ['reply-to', addressList],
  ['to', addressList],
  ['cc', addressList],
  ['subject', headerText],
  ['in-reply-to', identifiers],
  ['references', identifiers],
];
const PLACES = new Map(AUTHOR_HEADERS.map(([name, read], place) => [name, { place, read }]));

/** The values of each of the author's fields, in the order of the list; an empty one counts as none. */
export function authorValues(fields: HeaderFields): readonly (readonly string[])[] {
  const found = AUTHOR_HEADERS.map(() => [] as string[]);
  for (const [name, value, whole] of fields) {
    const author = PLACES.get(name);
    const counted = author ? (whole ?? author.read(value)) : '';
    if (author && counted !== '') found[author.place]?.push(counted);
  }
  return found;
}

/** Message-IDs: white space between them does not count. */
function identifiers(value: string): string {
  return value.replace(/\s+/g, '');
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** RFC 5322 section 3.3, with the zone. */
const DATE_TIME =
  /^(?:[a-z]{3} ?, ?)?(\d{1,2}) ([a-z]{3}) (\d{4}) (\d{2}):(\d{2})(?::(\d{2}))? (?:([+-])(\d{2})(\d{2})|gmt|utc?|z)(?: ?\(.*\))?$/i;

/** The moment that a date names, however it is written. Not by `Date.parse`, which other versions read in another way. */
function instant(value: string): string {
  const text = headerText(value);
  const [, day, month = '', year, hour, minute, second = 0, sign, zoneHours = 0, zoneMinutes = 0] =
    DATE_TIME.exec(text) ?? [];
  const monthIndex = MONTHS.indexOf(month.toLowerCase());
  if (monthIndex < 0) return text;
  const offset = (sign === '-' ? -1 : 1) * (Number(zoneHours) * 60 + Number(zoneMinutes));
  const parts = [Number(year), monthIndex, Number(day), Number(hour), Number(minute) - offset, Number(second)] as const;
  return String(Date.UTC(...parts));
}

/** Names and addresses: quotes, folding, comments, and a name that only repeats the address do not count. */
function addressList(value: string): string {
  return KEPT_LISTS.get(value) ?? KEPT_LISTS.keep(value, readAddressList(value));
}

const KEPT_LISTS = new KeptResults<string>(200);

function readAddressList(value: string): string {
  const entries = headerText(value)
    .replace(/["\\]/g, '')
    .split(/[,;]/)
    .map((entry) => canonicalEntry(entry.trim()));
  return entries.filter((entry) => entry !== '').join(', ');
}

function canonicalEntry(entry: string): string {
  // What servers write where nobody is named.
  if (/^undisclosed[ -]recipients ?:?$/i.test(entry)) return '';
  const { name, address } = parseEntry(entry);
  const lower = address.toLowerCase();
  return name === '' || name.toLowerCase() === lower ? lower : `${name} <${lower}>`;
}

/** `name <address>`, the older `address (name)`, or an address alone. */
function parseEntry(entry: string): { readonly name: string; readonly address: string } {
  const angle = entry.lastIndexOf('<');
  if (angle >= 0)
    return {
      name: entry.slice(0, angle).trim(),
      address: entry
        .slice(angle + 1)
        .replace('>', '')
        .trim(),
    };
  const comment = entry.indexOf('(');
  if (comment <= 0 || !entry.endsWith(')')) return { name: '', address: entry };
  return { name: entry.slice(comment + 1, -1).trim(), address: entry.slice(0, comment).trim() };
}
