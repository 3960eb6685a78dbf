/** A message as a server lists it. */
export interface ListedRow {
  readonly uid: number;
  /** RFC822.SIZE. */
  readonly size: number;
  /** INTERNALDATE, epoch ms. */
  readonly arrivedAt: number;
}

const ITEM = 'UID \\d+|RFC822\\.SIZE \\d+|INTERNALDATE "[^"\\\\\\r\\n]{20,30}"|FLAGS \\([^()\\r\\n]*\\)';

/** An answer to FETCH (UID INTERNALDATE RFC822.SIZE) that holds all three, in any order; each is found where it first stands. */
const ROW = new RegExp(
  `^\\* \\d+ FETCH \\((?=[^\\r\\n]*?\\bUID (\\d+))(?=[^\\r\\n]*?\\bRFC822\\.SIZE (\\d+))` +
    `(?=[^\\r\\n]*?\\bINTERNALDATE "([^"]*)")(?:${ITEM})(?: (?:${ITEM}))*\\)\\r?\\n$`,
  'i',
);

/** What stands in an answer of that shape; `undefined` of any other. */
export function rowOf(answer: string): ListedRow | undefined {
  const [, uid, size, written = ''] = ROW.exec(answer) ?? [];
  if (uid === undefined) return undefined;
  const date = Date.parse(written.trim());
  return { uid: Number(uid), size: Number(size), arrivedAt: Number.isNaN(date) ? 0 : date };
}
