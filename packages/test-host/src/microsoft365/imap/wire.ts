/** How values are written to a client (RFC 9051 section 9). */

const CRLF = '\r\n';
/** Longer ones go as literals. */
const QUOTED_LIMIT = 1000;
const QUOTABLE = /^[\x20-\x7e]*$/;

/** A quoted string, or a literal when it can't be quoted; `undefined` is NIL. */
export function nstring(value: string | Uint8Array | undefined): Buffer {
  if (value === undefined) return Buffer.from('NIL');
  const bytes = typeof value === 'string' ? Buffer.from(value, 'utf8') : value;
  const text = Buffer.from(bytes).toString('latin1');
  if (text.length > QUOTED_LIMIT || !QUOTABLE.test(text)) return literal(bytes);
  return Buffer.from(`"${text.replaceAll(/["\\]/g, '\\$&')}"`, 'latin1');
}

export function literal(bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`{${bytes.length.toString()}}${CRLF}`), bytes]);
}

/** A folder's name: as an atom where it can be, as Exchange writes it. */
export function folderName(name: string): string {
  return /^[A-Za-z0-9.-]+$/.test(name) ? name : `"${name}"`;
}

/** A parenthesised list, blanks between. */
export function list(items: readonly (string | Buffer)[]): Buffer {
  return Buffer.concat([Buffer.from('('), joined(items), Buffer.from(')')]);
}

/** Blanks between. */
export function joined(items: readonly (string | Buffer)[]): Buffer {
  return Buffer.concat(items.flatMap((item, index) => [Buffer.from(index === 0 ? '' : ' '), Buffer.from(item)]));
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** INTERNALDATE in UTC, e.g. `"17-Jul-1996 02:44:25 +0000"`. */
export function dateTime(epochMilliseconds: number): string {
  const date = new Date(epochMilliseconds);
  const month = MONTHS[date.getUTCMonth()] ?? '';
  const day = date.getUTCDate().toString().padStart(2, ' ');
  return `"${day}-${month}-${date.getUTCFullYear().toString()} ${date.toISOString().slice(11, 19)} +0000"`;
}

/** Epoch milliseconds of `17-Jul-1996`, with or without ` 02:44:25 -0700`; `undefined` = no date. */
export function parseDate(text: string): number | undefined {
  const match = /^ ?(\d{1,2})-([A-Z]{3})-(\d{4})(?: (\d\d:\d\d:\d\d) ([+-]\d\d)(\d\d))?$/i.exec(text);
  if (match === null) return undefined;
  const [, day = '', monthName = '', year = '', time = '00:00:00', hours = '+00', minutes = '00'] = match;
  const month = MONTHS.findIndex((name) => name.toLowerCase() === monthName.toLowerCase()) + 1;
  const padded = [month.toString(), day].map((number) => number.padStart(2, '0')).join('-');
  const epoch = Date.parse(`${year}-${padded}T${time}${hours}:${minutes}`);
  return Number.isNaN(epoch) ? undefined : epoch;
}
