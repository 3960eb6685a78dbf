import { isForeignCharset, textDecoder, type CharsetDecoder } from './charsets.js';
import { eightBitText } from './header-text.js';
import { boundaryOf, fieldOf, mediaTypeOf, parameterOf, type HeaderFields } from './mime-header.js';
import { transferDecoder, type TransferDecoder } from './transfer-decoder.js';

/** What is parsed of one message: much more than anybody reads, and little enough for a slow machine. */
const LIMIT_BYTES = 4 * 1024 * 1024;
/** Of one part, so that a long text does not hide what is attached behind it. */
const PART_LIMIT_BYTES = 1024 * 1024;
/** Of all texts together: a parser takes as long, and as much memory, for a short line as for a long one. */
const LINES_LIMIT = 40_000;
/** Of all headers together. */
const HEADERS_LIMIT_BYTES = 1024 * 1024;
/** Of parts, and of multiparts among them: a parser looks for the boundaries of all of these in every line. */
const PARTS_LIMIT = 1000;
const MULTIPARTS_LIMIT = 100;

const MESSAGE_FIELD =
  /^(?:message-id|date|from|sender|reply-to|to|cc|subject|in-reply-to|references|mime-version|content-.*)$/;
const PART_FIELD = /^content-/;
const LF = 0x0a;
const MARK = /^exact-leaf-(\d+)$/;

/**
 * What of a message is parsed: all but the bytes of its attachments. Each stands there as a mark with the number of its leaf
 * part, so that parsing takes as long as the message is to read, not as it is to download. Nothing is in it that a parser
 * could choke on: headers or parts without end, raw bytes in headers, charsets that only few know.
 */
export class MessageSkeleton {
  /** There was more than is kept. */
  isCut = false;
  private readonly kept = new KeptBytes();
  private length = 0;
  private headersLength = 0;
  private linesLeft = LINES_LIMIT;
  private messageFields: HeaderFields = [];
  private parts = 0;
  private multiparts = 0;
  private leaf = -1;
  /** How many bytes of the present part have room; `undefined` while none is read. */
  private room: number | undefined;
  private transcoder: Transcoder | undefined;

  onMessageHeader(fields: HeaderFields): void {
    this.messageFields = fields.filter(([name]) => MESSAGE_FIELD.test(name));
  }

  onMultipart(fields: HeaderFields): void {
    this.multiparts += 1;
    this.beginPart(fields);
  }

  onLeaf(fields: HeaderFields): void {
    this.leaf += 1;
    const mediaType = mediaTypeOf(fields);
    const charset = parameterOf(fieldOf(fields, 'content-type'), 'charset') ?? '';
    // A multipart that comes as one leaf stands too deep.
    const isTooDeep = boundaryOf(fields) !== undefined;
    if (isTooDeep) this.isCut = true;
    if (isTooDeep || !isRead(mediaType)) {
      this.beginPart(withoutEncoding(fields));
      this.add(Buffer.from(`exact-leaf-${String(this.leaf)}`));
      return;
    }
    const isForeign = mediaType.startsWith('text/') && isForeignCharset(charset);
    this.beginPart(isForeign ? inUtf8(fields) : fields);
    this.room = PART_LIMIT_BYTES;
    if (isForeign) this.transcoder = new Transcoder(charset, fieldOf(fields, 'content-transfer-encoding'));
  }

  onBody(bytes: Uint8Array): void {
    if (this.room !== undefined) this.addText(this.transcoder?.write(bytes) ?? bytes);
  }

  onBoundary(line: string): void {
    this.endPart();
    this.add(Buffer.from(`\r\n${eightBitText(line)}\r\n`));
  }

  bytes(): Uint8Array {
    this.endPart();
    return this.kept.all();
  }

  /** The header of the message, as one without a body. */
  header(): Uint8Array {
    return headerBytes(this.messageFields.filter(([name]) => !PART_FIELD.test(name)));
  }

  private beginPart(fields: HeaderFields): void {
    const isMessage = this.parts === 0;
    this.parts += 1;
    const header = headerBytes(fields.filter(([name]) => (isMessage ? MESSAGE_FIELD : PART_FIELD).test(name)));
    this.headersLength += header.byteLength;
    const isTooMuch = this.headersLength > HEADERS_LIMIT_BYTES && !isMessage;
    if (isTooMuch || this.parts > PARTS_LIMIT || this.multiparts > MULTIPARTS_LIMIT) this.length = LIMIT_BYTES;
    this.add(header);
  }

  private endPart(): void {
    if (this.transcoder) this.addText(this.transcoder.end());
    this.transcoder = undefined;
    this.room = undefined;
  }

  private addText(bytes: Uint8Array): void {
    const piece = this.withinLines(bytes.subarray(0, this.room));
    if (piece.byteLength < bytes.byteLength) this.isCut = true;
    this.room = (this.room ?? 0) - piece.byteLength;
    this.add(piece);
  }

  private withinLines(bytes: Uint8Array): Uint8Array {
    for (let end = 0; ;) {
      const lineFeed = bytes.indexOf(LF, end);
      if (lineFeed < 0) return bytes;
      if (this.linesLeft === 0) return bytes.subarray(0, end);
      this.linesLeft -= 1;
      end = lineFeed + 1;
    }
  }

  private add(bytes: Uint8Array): void {
    const piece = bytes.subarray(0, LIMIT_BYTES - this.length);
    if (piece.byteLength < bytes.byteLength) this.isCut = true;
    // Copied: the walk uses its memory again, and a slice would keep all of a message in memory.
    this.kept.add(piece);
    this.length += piece.byteLength;
  }
}

const BLOCK_BYTES = 4 * 1024;

/** Copies bytes one behind the other; short ones, of which there may be very many, share a block. */
class KeptBytes {
  private readonly blocks: Buffer[] = [];
  private open = Buffer.alloc(0);
  private used = 0;

  add(bytes: Uint8Array): void {
    if (bytes.byteLength > this.open.byteLength - this.used) {
      this.close();
      this.open = Buffer.allocUnsafeSlow(Math.max(BLOCK_BYTES, bytes.byteLength));
    }
    this.open.set(bytes, this.used);
    this.used += bytes.byteLength;
  }

  all(): Uint8Array {
    this.close();
    return Buffer.concat(this.blocks);
  }

  private close(): void {
    if (this.used > 0) this.blocks.push(this.open.subarray(0, this.used));
    this.open = Buffer.alloc(0);
    this.used = 0;
  }
}

/** Text in a charset that the parser does not know, on its way into UTF-8. */
class Transcoder {
  private readonly transfer: TransferDecoder;
  private readonly charset: CharsetDecoder;

  constructor(charset: string, transferEncoding: string | undefined) {
    this.transfer = transferDecoder(transferEncoding);
    this.charset = textDecoder(charset);
  }

  write(bytes: Uint8Array): Uint8Array {
    return Buffer.from(this.charset.decode(this.transfer.write(bytes), { stream: true }));
  }

  end(): Uint8Array {
    return Buffer.from(this.charset.decode(this.transfer.end()));
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

function withoutEncoding(fields: HeaderFields): HeaderFields {
  return fields.filter(([name]) => name !== 'content-transfer-encoding');
}

function inUtf8(fields: HeaderFields): HeaderFields {
  return withoutEncoding(fields).map((field) => {
    const [name, value] = field;
    return name === 'content-type' ? [name, `${value.replace(CHARSET_PARAMETER, '')}; charset=utf-8`] : field;
  });
}

const CHARSET_PARAMETER = /;\s*charset\*?\s*=\s*(?:"[^"]*"|[^\s;]*)/gi;

function headerBytes(fields: HeaderFields): Uint8Array {
  let header = '';
  for (const [name, value] of fields) header += `${name}: ${eightBitText(value)}\r\n`;
  return Buffer.from(`${header}\r\n`);
}
