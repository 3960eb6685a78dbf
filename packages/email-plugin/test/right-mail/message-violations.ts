/** RFC 5322 section 2.1.1. */
const LINE_LIMIT = 998;
const FOLDED_AT = 78;
/** RFC 2045 section 6.8: padded at its very end only. */
const BASE64 = /^(?:[A-Za-z\d+/]{1,76}\r\n)*[A-Za-z\d+/]{0,76}={0,2}(?:\r\n)?$/;
/** RFC 2047 section 2. */
const ENCODED_WORD_LIMIT = 75;
const ENCODED_WORD = /^=\?utf-8\?([BQ])\?([^?\s]*)\?=$/i;
/** RFC 5322 section 3.6: at most once; the first three are compulsory here. */
const ONCE = ['from', 'date', 'message-id', 'to', 'cc', 'subject', 'in-reply-to', 'references', 'mime-version'];
const DATE =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d [+-]\d{4}$/;
const ATOM = "[\\w!#$%&'*+/=?^`{|}~-]+";
const QUOTED = '"(?:[\\x20\\x21\\x23-\\x5b\\x5d-\\x7e]|\\\\[\\x20-\\x7e])*"';
const ADDR_SPEC = `(?:${ATOM}(?:\\.${ATOM})*|${QUOTED})@(?:${ATOM}(?:\\.${ATOM})*|\\[[\\x21-\\x5a\\x5e-\\x7e]*\\])`;
const PHRASE = `(?:(?:${ATOM}|${QUOTED})(?: +(?:${ATOM}|${QUOTED}))*)`;
const MAILBOX = `(?:${ADDR_SPEC}|(?:${PHRASE} )?<${ADDR_SPEC}>)`;
const ADDRESS_LIST = new RegExp(`^(?:${MAILBOX}|${PHRASE} ?: ?;)(?:, ?(?:${MAILBOX}|${PHRASE} ?: ?;))*$`);
const MESSAGE_IDS = /^<[!-;=?-~]+>(?: <[!-;=?-~]+>)*$/;

interface Field {
  readonly name: string;
  readonly lines: readonly string[];
  readonly value: string;
}

/**
 * What a strict reader would object to in a message as it goes over the wire (RFC 5322, 2045, 2047, 2231); nothing when it
 * is right. Stricter than the standards where mail programs are: all in 7 bits, no obsolete form.
 */
export function messageViolations(raw: Uint8Array): readonly string[] {
  const source = Buffer.from(raw).toString('latin1');
  return [...lineViolations(source), ...entityViolations(source.slice(0, -2), true)];
}

function lineViolations(source: string): readonly string[] {
  const found: string[] = [];
  if (/[\r\n]/.test(source.replaceAll('\r\n', ''))) found.push('a CR or LF alone');
  if (!source.endsWith('\r\n')) found.push('no line end at the end');
  if (/[^\x20-\x7f\r\n\t]/.test(source)) found.push('not 7-bit text');
  if (source.split('\r\n').some((each) => each.length > LINE_LIMIT)) found.push('a line over 998 characters');
  return found;
}

/** A message or a part of it (RFC 2045 section 2.4). */
function entityViolations(entity: string, isMessage: boolean): readonly string[] {
  const [, head = '', body = ''] = /^([^]*?\r\n|)\r\n([^]*)$/.exec(entity) ?? [undefined, `${entity}\r\n`];
  const fields = unfold(head);
  const type = valueOf(fields, 'content-type') ?? 'text/plain';
  return [
    ...fields.flatMap(fieldViolations),
    ...(isMessage ? messageHeaderViolations(fields) : []),
    ...bodyViolations(type, valueOf(fields, 'content-transfer-encoding') ?? '7bit', body),
  ];
}

function unfold(head: string): readonly Field[] {
  return head
    .split(/\r\n(?![ \t])/)
    .filter((text) => text !== '')
    .map((text) => {
      const [, name = '', value = ''] = /^([!-9;-~]+):[ ]?([^]*)$/.exec(text) ?? [];
      return { name: name.toLowerCase(), lines: text.split('\r\n'), value: value.replace(/\r\n/g, '') };
    });
}

function valueOf(fields: readonly Field[], name: string): string | undefined {
  return fields.find((field) => field.name === name)?.value;
}

function messageHeaderViolations(fields: readonly Field[]): readonly string[] {
  const count = (name: string): number => fields.filter((field) => field.name === name).length;
  return [
    ...ONCE.filter((name) => count(name) > 1).map((name) => `${name} more than once`),
    ...['from', 'date', 'message-id', 'mime-version'].filter((name) => count(name) === 0).map((name) => `no ${name}`),
    ...(count('bcc') > 0 ? ['Bcc told to everybody'] : []),
  ];
}

function fieldViolations({ name, lines, value }: Field): readonly string[] {
  const found: string[] = [];
  if (name === '') found.push(`no header field: ${lines[0]?.slice(0, 60) ?? ''}`);
  if (lines.some((each) => each.trim() === '')) found.push(`${name} folded to an empty line`);
  if (lines.some(couldBeFolded)) found.push(`${name} not folded at ${FOLDED_AT.toString()}`);
  const rule = FIELD_RULES[name];
  if (rule && !rule(value)) found.push(`${name} malformed: ${value.slice(0, 200)}`);
  if (/^(?:from|to|cc|subject)$/.test(name)) found.push(...encodedWordViolations(name, lines));
  return found;
}

/** Longer than it should be, with a blank where it could end (RFC 5322 section 2.2.3): not behind the name, not in quotes. */
function couldBeFolded(line: string): boolean {
  const words = line.replace(/^[!-9;-~]*:? +/, '').replace(/"(?:[^"\\]|\\.)*"/g, '""');
  return line.length > FOLDED_AT && /\S[ \t]+\S/.test(words);
}

const FIELD_RULES: Readonly<Record<string, (value: string) => boolean>> = {
  from: (value) => new RegExp(`^${MAILBOX}$`).test(value),
  to: (value) => ADDRESS_LIST.test(value),
  cc: (value) => ADDRESS_LIST.test(value),
  date: (value) => DATE.test(value) && !Number.isNaN(Date.parse(value)),
  'message-id': (value) => /^<[^<>\s@]+@[^<>\s@]+>$/.test(value),
  'in-reply-to': (value) => MESSAGE_IDS.test(value),
  references: (value) => MESSAGE_IDS.test(value) && value.length < 8_000,
  'content-type': (value) => parametersAreWellFormed(value.replace(/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+/, '')),
  'content-disposition': (value) => parametersAreWellFormed(value.replace(/^(?:inline|attachment)/, '')),
  'content-transfer-encoding': (value) => /^(?:7bit|base64|quoted-printable)$/.test(value),
  'auto-submitted': (value) => value === 'auto-generated',
};

/** RFC 2045 section 5.1, RFC 2231 sections 3 and 4: tokens, quoted strings, and sections numbered from 0. */
function parametersAreWellFormed(parameters: string): boolean {
  const one = new RegExp(`; ?([\\w-]+)(?:\\*(\\d+))?(\\*)?=(${QUOTED}|[!#$%&'*+.^\\w\`{|}~-]+)`, 'y');
  const sections = new Map<string, number>();
  for (let position = 0; position < parameters.length; position = one.lastIndex) {
    one.lastIndex = position;
    const [, name = '', section, star, value = ''] = one.exec(parameters) ?? [];
    if (name === '') return false;
    if (star !== undefined && !/^(?:utf-8'')?(?:[\w.!~*'()-]|%[\dA-F]{2})*$/.test(value)) return false;
    const expected = sections.get(name) ?? 0;
    if (section === undefined ? expected > 0 : Number(section) !== expected) return false;
    sections.set(name, expected + 1);
  }
  return true;
}

/** RFC 2047 sections 2, 4 and 5: complete words of whole characters, and nothing else that looks like one. */
function encodedWordViolations(name: string, lines: readonly string[]): readonly string[] {
  const found: string[] = [];
  const text = lines.join('\n').replace(/"(?:[^"\\]|\\.)*"/g, (quoted) => (quoted.includes('=?') ? '=?quoted' : '""'));
  // Whatever holds an `@` outside quotes is an address.
  const words = text.split(/[\s,]+/).filter((word) => word.includes('=?') && !word.includes('@'));
  if (words.some((word) => lines.some((each) => each.includes(word) && each.length > 76))) {
    found.push(`${name} has encoded words on a long line`);
  }
  for (const word of words) {
    const [, encoding, encoded = ''] = ENCODED_WORD.exec(word) ?? [];
    if (encoding === undefined || word.length > ENCODED_WORD_LIMIT)
      found.push(`${name} has a bad encoded word: ${word}`);
    else if (!isWholeText(encoding.toUpperCase(), encoded, name !== 'subject'))
      found.push(`${name} cuts a character: ${word}`);
  }
  return found;
}

function isWholeText(encoding: string, encoded: string, isPhrase: boolean): boolean {
  // RFC 2047 section 5 (3): the few characters that may stand as themselves in a phrase.
  const allowed = isPhrase ? /^(?:[\w!*+/-]|=[\dA-F]{2})*$/ : /^(?:[!->@-~]|=[\dA-F]{2})*$/;
  if (encoding === 'Q' && !allowed.test(encoded)) return false;
  if (encoding === 'B' && !/^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/.test(encoded)) return false;
  const bytes =
    encoding === 'B'
      ? Buffer.from(encoded, 'base64')
      : Buffer.from(
          encoded
            .replace(/_/g, ' ')
            .replace(/=([\dA-F]{2})/g, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16))),
          'latin1',
        );
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function bodyViolations(type: string, encoding: string, body: string): readonly string[] {
  const boundary = /^multipart\/[^]*;\s*boundary="?([^";]+)"?/i.exec(type)?.[1];
  if (boundary !== undefined) return multipartViolations(boundary, encoding, body);
  if (encoding === 'base64' && !BASE64.test(body)) return ['bad base64'];
  if (encoding === 'quoted-printable') {
    const bad = body
      .split('\r\n')
      .filter((each) => each.length > 76 || !/^(?:[\t\x20-<>-~]|=[\dA-F]{2})*=?$/.test(each) || /[ \t]$/.test(each));
    if (bad.length > 0) return [`bad quoted-printable: ${bad[0] ?? ''}`];
  }
  return [];
}

function multipartViolations(boundary: string, encoding: string, body: string): readonly string[] {
  const [before, ...parts] = `\r\n${body}`.split(`\r\n--${boundary}`);
  const after = parts.pop();
  if (before?.trim() !== '' || after?.trim() !== '--') return ['a multipart without its delimiters'];
  const found = encoding === '7bit' ? [] : ['an encoded multipart'];
  if (boundary.length > 70) found.push('a boundary over 70 characters');
  return [...found, ...parts.flatMap((part) => entityViolations(part.replace(/^[ \t]*\r\n/, ''), false))];
}
