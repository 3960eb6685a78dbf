/** One field of a header, RFC 5322 section 2.2. */
export interface HeaderField {
  /** As written. */
  readonly name: string;
  /** Unfolded, without blanks around it; bytes as latin1. */
  readonly value: string;
  /** The field with its line end and continuation lines, byte for byte. */
  readonly raw: Buffer;
}

const BLANK_LINE = /(?:^|\r?\n)\r?\n/;
/** A header is never longer than this, be the message what it may. Bytes. */
const HEADER_LIMIT = 1024 * 1024;

/** Where the body begins: behind the first blank line, or at the end when there is none. */
export function bodyStart(message: Buffer): number {
  const beginning = message.subarray(0, HEADER_LIMIT).toString('latin1');
  const blank = BLANK_LINE.exec(beginning);
  return blank === null ? message.length : blank.index + blank[0].length;
}

/** The fields in order. Lines that are no field are left out. */
export function headerFields(header: Buffer): readonly HeaderField[] {
  const lines = header.toString('latin1').split(/(?<=\n)(?![ \t])/);
  return lines.flatMap((line) => {
    const [, name, value] = /^([\x21-\x39\x3b-\x7e]+)[ \t]*:([^]*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) return [];
    const unfolded = value.replaceAll(/\r?\n(?=[ \t])/g, '').trim();
    return [{ name, value: unfolded, raw: Buffer.from(line, 'latin1') }];
  });
}

/** The value of the first field of that name, in any case. */
export function fieldValue(fields: readonly HeaderField[], name: string): string | undefined {
  const wanted = name.toLowerCase();
  return fields.find((field) => field.name.toLowerCase() === wanted)?.value;
}
