/** Charsets that mail comes in, by the names that mail uses. */
export type Charset =
  | 'us-ascii'
  | 'utf-8'
  | 'iso-8859-1'
  | 'iso-8859-7'
  | 'iso-8859-8'
  | 'iso-8859-15'
  | 'windows-1251'
  | 'windows-1252'
  | 'windows-1256'
  | 'koi8-r'
  | 'gb18030'
  | 'big5'
  | 'iso-2022-jp'
  | 'shift_jis'
  | 'euc-kr';

/** A character → its bytes: one, or two with the first in the upper half. */
type Table = ReadonlyMap<string, number>;

const LINE_FEED = 0x0a;
const QUESTION_MARK = 0x3f;
/** What stands for a character that JIS X 0208 lacks: the geta mark. */
const GETA = 0xa2ae;

const tables = new Map<string, Table>();

/** The platform decodes every charset and encodes none but UTF-8, so the way back is its own table read backwards. */
export function encodeText(text: string, charset: Charset): Buffer {
  if (charset === 'utf-8' || charset === 'us-ascii') return Buffer.from(text, 'utf8');
  if (charset === 'iso-2022-jp') return encodeIso2022Jp(text);
  const table = tableOf(charset);
  return Buffer.concat(Array.from(text, (character) => encoded(character, table)));
}

/** Whether all of the text can be written in the charset. */
export function fits(text: string, charset: Charset): boolean {
  return new TextDecoder(charset).decode(encodeText(text, charset)) === text;
}

function encoded(character: string, table: Table): Buffer {
  return character <= '\x7f' ? Buffer.from(character) : bytesOf(table.get(character) ?? QUESTION_MARK);
}

function bytesOf(code: number): Buffer {
  return Buffer.from(code > 0xff ? [code >> 8, code & 0xff] : [code]);
}

/** RFC 1468: JIS X 0208 between escapes, which are EUC-JP's bytes without their high bit. */
function encodeIso2022Jp(text: string): Buffer {
  const table = tableOf('euc-jp');
  const runs = text.match(/[\0-\x7f]+|[^\0-\x7f]+/g) ?? [];
  return Buffer.concat(
    runs.map((run) => {
      if (run <= '\x7f') return Buffer.from(run);
      const pairs = Array.from(run, (character) => bytesOf((table.get(character) ?? GETA) & 0x7f7f));
      return Buffer.concat([Buffer.from('\x1b$B'), ...pairs, Buffer.from('\x1b(B')]);
    }),
  );
}

/** Every code that one or two bytes can make, decoded with a line feed behind each. */
function tableOf(charset: string): Table {
  const known = tables.get(charset);
  if (known !== undefined) return known;
  const codes: number[] = [];
  for (let byte = 0x80; byte <= 0xff; byte += 1) codes.push(byte);
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) codes.push((lead << 8) | trail);
  }
  const separated = codes.flatMap((code) => [...bytesOf(code), LINE_FEED]);
  const characters = new TextDecoder(charset).decode(Uint8Array.from(separated)).split('\n');
  const table = new Map<string, number>();
  for (const [index, code] of codes.entries()) {
    const character = characters[index] ?? '';
    if (Array.from(character).length === 1 && character !== '\ufffd' && !table.has(character))
      table.set(character, code);
  }
  tables.set(charset, table);
  return table;
}
