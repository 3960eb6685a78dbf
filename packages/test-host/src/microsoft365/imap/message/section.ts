import { BadCommandError, parseValues } from '../command-parser.js';
import { Arguments } from '../arguments.js';
import { bodyStart, headerFields } from './header-fields.js';
import { parseMimePart, type MimePart } from './mime-part.js';

/** What stands between the brackets of BODY[…], RFC 9051 section 6.4.5.1. */
export interface Section {
  /** Numbers of parts in parts; empty = the message itself. */
  readonly path: readonly number[];
  readonly of: 'ALL' | 'HEADER' | 'HEADER.FIELDS' | 'HEADER.FIELDS.NOT' | 'TEXT' | 'MIME';
  /** Names of header fields, lower case. */
  readonly fields: readonly string[];
}

const SECTION =
  /^(\d+(?:\.\d+)*)?(?:(?<=\d)\.(?=[A-Z]))?(HEADER\.FIELDS\.NOT|HEADER\.FIELDS|HEADER|TEXT|MIME)?( .*)?$/i;

/** @throws BadCommandError */
export function parseSection(text: string): Section {
  const [matched, path = '', of = 'ALL', fields] = SECTION.exec(text) ?? [];
  const kind = of.toUpperCase() as Section['of'];
  const needsFields = kind === 'HEADER.FIELDS' || kind === 'HEADER.FIELDS.NOT';
  if (matched === undefined || needsFields !== (fields !== undefined) || (kind === 'MIME' && path === '')) {
    throw new BadCommandError('bad section');
  }
  const numbers = path === '' ? [] : path.split('.').map(Number);
  return { path: numbers, of: kind, fields: fields === undefined ? [] : fieldNames(fields) };
}

function fieldNames(text: string): readonly string[] {
  const all = new Arguments(parseValues(text, [])).list();
  const names: string[] = [];
  while (!all.isEmpty) names.push(all.text().toLowerCase());
  return names;
}

/** The bytes of a section; `undefined` = the message has no such part. */
export function sectionBytes(raw: Buffer, section: Section): Buffer | undefined {
  if (section.path.length === 0) return partBytes(raw, section);
  const part = findPart(parseMimePart(raw), section.path);
  if (part === undefined || section.of === 'ALL') return part?.body;
  if (section.of === 'MIME') return part.header;
  return part.message === undefined ? undefined : partBytes(part.body, section);
}

function partBytes(raw: Buffer, { of, fields }: Section): Buffer {
  if (of === 'ALL') return raw;
  const start = bodyStart(raw);
  if (of === 'TEXT') return raw.subarray(start);
  const header = raw.subarray(0, start);
  if (of === 'HEADER') return header;
  const wanted = headerFields(header).filter(
    ({ name }) => fields.includes(name.toLowerCase()) === (of === 'HEADER.FIELDS'),
  );
  return Buffer.concat([...wanted.map((field) => field.raw), Buffer.from('\r\n')]);
}

/** Part 1 of a message that is no multipart is its body (RFC 9051 section 6.4.5.1). */
function findPart(message: MimePart, [first, ...rest]: readonly number[]): MimePart | undefined {
  if (first === undefined) return message;
  const inner = message.message ?? message;
  const found = inner.parts.length === 0 && first === 1 ? inner : inner.parts[first - 1];
  return found === inner && rest.length > 0 ? undefined : found && findPart(found, rest);
}
