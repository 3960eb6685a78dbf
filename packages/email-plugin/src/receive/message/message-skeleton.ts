import { fieldOf, mediaTypeOf, type HeaderFields } from './mime-header.js';

/** What is parsed of one message: much more than anybody reads, and little enough for a slow machine. */
const LIMIT_BYTES = 4 * 1024 * 1024;
const TRANSPORT_FIELD = /^(?:x-[!-9;-~]*|received|arc-[!-9;-~]*|dkim-signature|authentication-results)[ \t]*:/i;
const LF = 0x0a;
const SPACE = 0x20;
const TAB = 0x09;
const MARK = /^exact-leaf-(\d+)$/;

/**
 * A message without the bytes of its attachments: each stands there as a mark with the number of its leaf part, so that
 * parsing takes as long as the message is to read, not as it is to download.
 */
export class MessageSkeleton {
  /** There was more than is kept. */
  isCut = false;
  private readonly pieces: Uint8Array[] = [];
  private length = 0;
  private leaf = -1;
  private isKept = true;
  /** Within the header of the whole message, line by line. */
  private isInHeader = true;
  private isInTransportField = false;
  /** A very long line comes in pieces. */
  private hasLineEnded = true;

  onMessageHeader(): void {
    this.isInHeader = false;
  }

  onStructure(bytes: Uint8Array): void {
    if (this.isInHeader && this.isTransport(bytes)) return;
    this.add(bytes);
  }

  onLeaf(fields: HeaderFields): void {
    this.leaf += 1;
    this.isKept = isRead(mediaTypeOf(fields));
    if (this.isKept) return;
    const mark = `exact-leaf-${String(this.leaf)}`;
    const isBase64 = fieldOf(fields, 'content-transfer-encoding')?.toLowerCase() === 'base64';
    this.add(Buffer.from(isBase64 ? Buffer.from(mark).toString('base64') : mark));
  }

  onBody(bytes: Uint8Array): void {
    if (this.isKept) this.add(bytes);
  }

  bytes(): Uint8Array {
    return Buffer.concat(this.pieces);
  }

  /** Whether a line of the header is of a field that transport added: half of many messages, and of no use to the index. */
  private isTransport(line: Uint8Array): boolean {
    const isFolded = line[0] === SPACE || line[0] === TAB;
    const isLine = this.hasLineEnded;
    this.hasLineEnded = line.at(-1) === LF;
    if (isLine && !isFolded)
      this.isInTransportField = TRANSPORT_FIELD.test(Buffer.from(line.subarray(0, 40)).toString('latin1'));
    return this.isInTransportField;
  }

  private add(bytes: Uint8Array): void {
    const piece = bytes.subarray(0, LIMIT_BYTES - this.length);
    if (piece.byteLength < bytes.byteLength) this.isCut = true;
    // A copy: the walk uses its memory again, and a slice would keep all of a message in memory.
    if (piece.byteLength > 0) this.pieces.push(Buffer.from(piece));
    this.length += piece.byteLength;
  }
}

/** The number of the leaf part that an attachment in a skeleton stands for; `undefined` when it stands there itself. */
export function leafOf(contentType: string, content: Uint8Array): number | undefined {
  if (isRead(contentType) || content.byteLength > 40) return undefined;
  const number = MARK.exec(Buffer.from(content).toString('latin1').trim())?.[1];
  return number === undefined ? undefined : Number(number);
}

/** Text, and messages within messages, which hold more parts. */
function isRead(mediaType: string): boolean {
  return /^(?:text|message|multipart)\//.test(mediaType);
}
