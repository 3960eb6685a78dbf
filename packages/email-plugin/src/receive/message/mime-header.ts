import { decodeText } from './charsets.js';
import { KeptResults } from './kept-results.js';

/**
 * A header field: its name in lower case, its value unfolded, bytes as Latin-1. A line that is no field has the name `''`. Of
 * a field that is too long the value is its beginning, and a digest of the whole stands behind it.
 */
export type HeaderField = readonly [name: string, value: string, whole?: string];

/** The header fields of a message or part, in order. */
export type HeaderFields = readonly HeaderField[];

/** RFC 5322 section 3.6.8. */
const FIELD_NAME = /^[!-9;-~]+$/;

/** Reads a header block, given as Latin-1. */
export function parseHeader(block: string): HeaderFields {
  const lines = unfolded(block).split(/\r?\n/);
  return lines.filter((line) => line !== '').map(fieldOfLine);
}

/** Lines that are folded become one (RFC 5322 section 2.2.3). */
export function unfolded(text: string): string {
  let lines = '';
  let from = 0;
  for (let lineFeed = text.indexOf('\n'); lineFeed >= 0; lineFeed = text.indexOf('\n', lineFeed + 1)) {
    let next = lineFeed + 1;
    while (text[next] === ' ' || text[next] === '\t') next += 1;
    if (next === lineFeed + 1) continue;
    lines += `${text.slice(from, text[lineFeed - 1] === '\r' ? lineFeed - 1 : lineFeed)} `;
    from = next;
  }
  return lines + text.slice(from);
}

/** Reads an unfolded line of a header, given as Latin-1. */
export function fieldOfLine(line: string): readonly [name: string, value: string] {
  const colon = line.indexOf(':');
  const name = fieldName(line.slice(0, Math.max(0, colon)));
  return name === '' ? ['', line.trimEnd()] : [name, line.slice(colon + 1).trim()];
}

/** In lower case; empty when it is none. */
function fieldName(written: string): string {
  const known = KEPT_NAMES.get(written);
  if (known !== undefined) return known;
  const name = written.trim();
  const read = FIELD_NAME.test(name) ? name.toLowerCase() : '';
  // Messages make up names without end, and long ones; those that come again and again are few.
  if (KEPT_NAMES.size < MOST_KEPT && written.length <= LONGEST_KEPT) KEPT_NAMES.set(written, read);
  return read;
}

/** A message has some dozens of fields, whose names are the same in all of them. */
const KEPT_NAMES = new Map<string, string>();
const MOST_KEPT = 1000;
const LONGEST_KEPT = 100;

/** The first value of a field. */
export function fieldOf(fields: HeaderFields, name: string): string | undefined {
  // No function for each: a message is asked for some dozens of fields.
  for (const field of fields) if (field[0] === name) return field[1];
  return undefined;
}

/** The media type in lower case without parameters; plain text when there is none that can be read (RFC 2045 section 5.2). */
export function mediaTypeOf(fields: HeaderFields): string {
  const { word } = structured(fieldOf(fields, 'content-type') ?? '');
  return word.includes('/') ? word : 'text/plain';
}

/** The boundary of a multipart part. */
export function boundaryOf(fields: HeaderFields): string | undefined {
  if (!mediaTypeOf(fields).startsWith('multipart/')) return undefined;
  const boundary = parameterOf(fieldOf(fields, 'content-type'), 'boundary')?.trimEnd();
  return boundary === '' ? undefined : boundary;
}

/** A parameter of a structured field, quotes taken off (RFC 2045 section 5.1), in pieces or encoded too (RFC 2231). */
export function parameterOf(value: string | undefined, name: string): string | undefined {
  const found = structured(value ?? '').parameters.filter((parameter) => parameter.name === name);
  if (found.length === 0) return undefined;
  const pieces = found.toSorted((a, b) => a.section - b.section);
  return pieces.some(({ isEncoded }) => isEncoded) ? decodeExtended(pieces) : pieces.map(({ text }) => text).join('');
}

/** A field such as Content-Type: a word in lower case, and parameters as they stand. */
interface StructuredField {
  readonly word: string;
  readonly parameters: readonly ParameterPiece[];
}

interface ParameterPiece {
  /** In lower case. */
  readonly name: string;
  readonly section: number;
  readonly isEncoded: boolean;
  readonly text: string;
}

function structured(value: string): StructuredField {
  return KEPT_FIELDS.get(value) ?? KEPT_FIELDS.keep(value, readStructured(value));
}

function readStructured(value: string): StructuredField {
  return {
    word: value.split(';', 1)[0]?.trim().toLowerCase() ?? '',
    parameters: Array.from(value.matchAll(PARAMETER), ([, name = '', section, star, quoted, plain = '']) => ({
      name: name.toLowerCase(),
      section: Number(section ?? 0),
      isEncoded: star === '*',
      text: quoted?.replace(/\\(.)/g, '$1') ?? plain,
    })),
  };
}

/** Each is asked for several things, too. */
const KEPT_FIELDS = new KeptResults<StructuredField>(100);

const PARAMETER = /;\s*([^\s=;*]+)(?:\*(\d{1,3}))?(\*)?\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;]*))/g;

function decodeExtended(pieces: readonly { readonly isEncoded: boolean; readonly text: string }[]): string {
  const [, charset, rest = ''] = /^([^']*)'[^']*'([\s\S]*)$/.exec(pieces[0]?.text ?? '') ?? [];
  const first = charset === undefined ? (pieces[0]?.text ?? '') : rest;
  const bytes = pieces.map(({ isEncoded, text }, index) => {
    const piece = index === 0 ? first : text;
    return isEncoded
      ? piece.replace(/%([0-9A-Fa-f]{2})/g, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16)))
      : piece;
  });
  return decodeText(charset, Buffer.from(bytes.join(''), 'latin1'));
}
