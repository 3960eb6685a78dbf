import { parseAddresses } from '../address-parser.adapter.js';
import { bodyStart, fieldValue, headerFields, type HeaderField } from '../imap/message/header-fields.js';

/** The header of a raw message, taken apart. */
export function readHeader(raw: Uint8Array): readonly HeaderField[] {
  const message = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  return headerFields(message.subarray(0, bodyStart(message)));
}

/** The addresses of From; empty when there is none. */
export function fromAddresses(raw: Uint8Array): readonly string[] {
  const from = fieldValue(readHeader(raw), 'From') ?? '';
  return parseAddresses(from).map(({ address }) => address);
}

/** With the angle brackets; `undefined` when there is none. */
export function messageIdOf(raw: Uint8Array): string | undefined {
  return fieldValue(readHeader(raw), 'Message-ID');
}

/** The message with these header lines before its own. */
export function withHeader(raw: Uint8Array, lines: readonly string[]): Buffer {
  return Buffer.concat([...lines.map((line) => Buffer.from(`${line}\r\n`, 'utf8')), raw]);
}

/** A date as RFC 5322 section 3.3 writes it, in UTC. */
export function headerDate(epochMilliseconds: number): string {
  return new Date(epochMilliseconds).toUTCString().replace('GMT', '+0000');
}
