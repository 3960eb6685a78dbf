/** A message as a server lists it. */
export interface ListedRow {
  readonly uid: number;
  /** RFC822.SIZE. */
  readonly size: number;
  /** INTERNALDATE, epoch ms. */
  readonly arrivedAt: number;
}

const ITEM = 'UID \\d+|RFC822\\.SIZE \\d+|INTERNALDATE "[^"\\\\\\r\\n]{20,30}"|FLAGS \\([^()\\r\\n]*\\)';

/** An answer to FETCH (UID INTERNALDATE RFC822.SIZE) that holds all three, in any order. */
export const ROW = new RegExp(
  `^\\* \\d+ FETCH \\((?=[^\\r\\n]*\\bUID )(?=[^\\r\\n]*\\bRFC822\\.SIZE )(?=[^\\r\\n]*\\bINTERNALDATE )(?:${ITEM})(?: (?:${ITEM}))*\\)\\r?\\n$`,
  'i',
);

/** What stands in an answer of that shape. */
export function rowOf(answer: string): ListedRow {
  const date = Date.parse(/INTERNALDATE "([^"]*)"/i.exec(answer)?.[1]?.trim() ?? '');
  return {
    uid: Number(/UID (\d+)/i.exec(answer)?.[1]),
    size: Number(/RFC822\.SIZE (\d+)/i.exec(answer)?.[1]),
    arrivedAt: Number.isNaN(date) ? 0 : date,
  };
}
