import type { StoredMessage } from '../mailboxes/stored-message.js';
import type { FetchItem } from './fetch-items.js';
import { bodyStructure } from './message/body-structure.js';
import { envelope } from './message/envelope.js';
import { headerFields } from './message/header-fields.js';
import { parseMimePart } from './message/mime-part.js';
import { sectionBytes } from './message/section.js';
import { dateTime, joined, list, literal } from './wire.js';

/** What FETCH answers for one message, in the order asked. */
export function fetchReply(message: StoredMessage, items: readonly FetchItem[]): Buffer {
  let read: Buffer | undefined;
  const raw = (): Buffer => (read ??= Buffer.from(message.raw()));
  return list(
    items.map((item) => joined([item.kind === 'SECTION' ? item.label : item.kind, answer(message, raw, item)])),
  );
}

function answer(message: StoredMessage, raw: () => Buffer, item: FetchItem): string | Buffer {
  switch (item.kind) {
    case 'UID':
      return message.uid.toString();
    case 'FLAGS':
      return `(${[...message.flags].join(' ')})`;
    case 'INTERNALDATE':
      return dateTime(message.internalDate);
    case 'RFC822.SIZE':
      return message.size.toString();
    case 'ENVELOPE':
      return envelope(headerFields(parseMimePart(raw()).header));
    case 'BODYSTRUCTURE':
      return bodyStructure(parseMimePart(raw()), true);
    case 'BODY':
      return bodyStructure(parseMimePart(raw()), false);
    case 'SECTION':
      return section(raw(), item);
  }
}

function section(raw: Buffer, item: Extract<FetchItem, { kind: 'SECTION' }>): string | Buffer {
  const bytes = sectionBytes(raw, item.section);
  if (bytes === undefined) return 'NIL';
  const [offset, count] = item.partial ?? [0, bytes.length];
  return literal(bytes.subarray(offset, offset + count));
}
