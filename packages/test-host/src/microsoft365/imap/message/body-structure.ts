import { joined, list, nstring } from '../wire.js';
import { envelope } from './envelope.js';
import { fieldValue } from './header-fields.js';
import { parseParameterValue, type MimePart, type ParameterValue } from './mime-part.js';

const NIL = Buffer.from('NIL');

/** BODYSTRUCTURE of a part, or BODY without the extension data; RFC 9051 section 7.5.2. */
export function bodyStructure(part: MimePart, isExtended: boolean): Buffer {
  const [type = 'text', subtype = 'plain'] = part.contentType.value.split('/');
  const children = part.parts.map((each) => bodyStructure(each, isExtended));
  if (children.length === 0) return list([...single(part, type, subtype, isExtended), ...extension(part, isExtended)]);
  const multipart = [Buffer.concat(children), nstring(subtype.toUpperCase())];
  if (isExtended) multipart.push(parameters(part.contentType), disposition(part), NIL, NIL);
  return list(multipart);
}

function single(part: MimePart, type: string, subtype: string, isExtended: boolean): readonly (Buffer | string)[] {
  const lines = countLines(part.body).toString();
  const text = (name: string): Buffer => nstring(fieldValue(part.fields, name));
  const basic = [
    nstring(type.toUpperCase()),
    nstring(subtype.toUpperCase()),
    parameters(part.contentType),
    text('Content-ID'),
    text('Content-Description'),
    nstring((fieldValue(part.fields, 'Content-Transfer-Encoding') ?? '7bit').toUpperCase()),
    part.body.length.toString(),
  ];
  if (part.message !== undefined) {
    return [...basic, envelope(part.message.fields), bodyStructure(part.message, isExtended), lines];
  }
  return type === 'text' ? [...basic, lines] : basic;
}

/** MD5, disposition, language, location. */
function extension(part: MimePart, isExtended: boolean): readonly Buffer[] {
  return isExtended ? [NIL, disposition(part), NIL, NIL] : [];
}

function disposition(part: MimePart): Buffer {
  const written = fieldValue(part.fields, 'Content-Disposition');
  const value = written === undefined ? undefined : parseParameterValue(written);
  return value === undefined ? NIL : list([nstring(value.value.toUpperCase()), parameters(value)]);
}

function parameters({ parameters: all }: ParameterValue): Buffer {
  if (all.size === 0) return NIL;
  const pairs = [...all].map(([name, value]) =>
    joined([nstring(name.toUpperCase()), nstring(Buffer.from(value, 'latin1'))]),
  );
  return list(pairs);
}

function countLines(body: Buffer): number {
  let lines = 0;
  for (let at = body.indexOf(0x0a); at >= 0; at = body.indexOf(0x0a, at + 1)) lines += 1;
  return lines;
}
