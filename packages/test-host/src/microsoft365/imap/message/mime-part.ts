import { bodyStart, fieldValue, headerFields, type HeaderField } from './header-fields.js';

/** A value with parameters, as Content-Type and Content-Disposition have them (RFC 2045 section 5.1). */
export interface ParameterValue {
  /** Lower case. */
  readonly value: string;
  /** Names in lower case, values as written. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** A message or a part of one. */
export interface MimePart {
  /** With the blank line that ends it. */
  readonly header: Buffer;
  readonly body: Buffer;
  readonly fields: readonly HeaderField[];
  readonly contentType: ParameterValue;
  /** Of a multipart. */
  readonly parts: readonly MimePart[];
  /** Of a message/rfc822. */
  readonly message: MimePart | undefined;
}

/** Parts in parts; deeper ones stay unparsed. */
const DEPTH_LIMIT = 30;
const PLAIN_TEXT: ParameterValue = { value: 'text/plain', parameters: new Map() };
const MESSAGE: ParameterValue = { value: 'message/rfc822', parameters: new Map() };

/** Takes a message apart. Broken MIME is normal input: what can't be taken apart is one part. */
export function parseMimePart(raw: Buffer, depth = 0, defaultType = PLAIN_TEXT): MimePart {
  const start = bodyStart(raw);
  const header = raw.subarray(0, start);
  const body = raw.subarray(start);
  const fields = headerFields(header);
  const written = fieldValue(fields, 'Content-Type');
  const contentType = (written === undefined ? undefined : parseParameterValue(written)) ?? defaultType;
  const boundary = contentType.parameters.get('boundary');
  const isMultipart = contentType.value.startsWith('multipart/') && boundary !== undefined && depth < DEPTH_LIMIT;
  const partType = contentType.value === 'multipart/digest' ? MESSAGE : PLAIN_TEXT;
  const parts = isMultipart ? splitBody(body, boundary).map((part) => parseMimePart(part, depth + 1, partType)) : [];
  const isMessage = contentType.value === 'message/rfc822' && depth < DEPTH_LIMIT;
  return {
    header,
    body,
    fields,
    contentType,
    parts,
    message: isMessage ? parseMimePart(body, depth + 1) : undefined,
  };
}

/** `undefined` when it can't be read. */
export function parseParameterValue(written: string): ParameterValue | undefined {
  const [, value] = /^\s*([^\s;]+)\s*(?:;|$)/.exec(written) ?? [];
  if (value === undefined) return undefined;
  const parameters = new Map<string, string>();
  for (const [, name = '', quoted, bare] of written.matchAll(
    /;\s*([^\s=;]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;]*))/g,
  )) {
    parameters.set(name.toLowerCase(), quoted?.replaceAll(/\\(.)/g, '$1') ?? bare ?? '');
  }
  return { value: value.toLowerCase(), parameters };
}

/** The parts between the boundary lines (RFC 2046 section 5.1.1); the last may lack its end. */
function splitBody(body: Buffer, boundary: string): readonly Buffer[] {
  const delimiter = Buffer.from(`--${boundary}`, 'latin1');
  const parts: Buffer[] = [];
  let start: number | undefined;
  let at = body.indexOf(delimiter);
  for (; at >= 0; at = body.indexOf(delimiter, at + delimiter.length)) {
    if (at > 0 && body[at - 1] !== 0x0a) continue;
    if (start !== undefined) parts.push(withoutLineEnd(body.subarray(start, at)));
    const behind = at + delimiter.length;
    if (body.toString('latin1', behind, behind + 2) === '--') return parts;
    const lineEnd = body.indexOf(0x0a, behind);
    start = lineEnd < 0 ? body.length : lineEnd + 1;
  }
  if (start !== undefined) parts.push(body.subarray(start));
  return parts;
}

function withoutLineEnd(part: Buffer): Buffer {
  const end = part.length - (part.at(-1) === 0x0a ? (part.at(-2) === 0x0d ? 2 : 1) : 0);
  return part.subarray(0, end);
}
