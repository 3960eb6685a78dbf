import { eightBitText } from './header-text.js';
import { boundaryMark, leafMark } from './leaf-mark.js';
import { encodedMark, isOwnText, MessageTexts, type TextPart } from './message-texts.js';
import { boundaryOf, mediaTypeOf, type HeaderFields } from './mime-header.js';

/** What is parsed of one message: much more than anybody reads, and little enough for a slow machine. */
const LIMIT_BYTES = 4 * 1024 * 1024;
/** Of one part, so that a long text does not hide what is attached behind it. */
const PART_LIMIT_BYTES = 1024 * 1024;
/** Of all texts together: a parser takes as long, and as much memory, for a short line as for a long one. */
const LINES_LIMIT = 40_000;
/** Characters in which lines are not counted: they hold no more. */
const UNCOUNTED = 16_000;
/** Of all headers together. */
const HEADERS_LIMIT_BYTES = 1024 * 1024;
/** Of parts, and of multiparts among them: a parser looks for the boundaries of all of these in every line. */
const PARTS_LIMIT = 1000;
const MULTIPARTS_LIMIT = 100;

/**
 * What of a message’s body is parsed: all but its texts, which are decoded already, and the bytes of its attachments. Each
 * stands there as a mark with the number of its leaf part, so that parsing takes as long as the message has parts, not as it is
 * to download. Nothing is in it that a parser could choke on: headers or parts without end, raw bytes in headers, charsets that
 * only few know. Boundaries are its own, so that messages of one structure have the same skeleton.
 */
export class MessageSkeleton {
  /** There was more than is kept. */
  isCut = false;
  readonly texts = new MessageTexts();
  /** Bytes as Latin-1. */
  private kept = '';
  /** Of this and of the texts. */
  private length = 0;
  private headersLength = 0;
  private linesLeft = LINES_LIMIT;
  private uncountedLeft = UNCOUNTED;
  private parts = 0;
  private multiparts = 0;
  /** Of the multiparts that the present place stands in. */
  private boundaries: readonly string[] = [];
  private leaf = -1;
  /** How many bytes of the present leaf have room, or characters of a text. */
  private room = 0;
  /** The present leaf is parsed as it stands in the message. */
  private isCopied = false;
  /** The present leaf, when it is a text that comes decoded. */
  private text: TextPart | undefined;

  onMultipart(fields: HeaderFields): void {
    const boundary = boundaryMark(this.multiparts);
    this.multiparts += 1;
    this.boundaries = [...this.boundaries, boundary];
    this.beginPart([['content-type', `${mediaTypeOf(fields)}; boundary="${boundary}"`]]);
  }

  onLeaf(fields: HeaderFields): void {
    this.leaf += 1;
    this.text = undefined;
    this.isCopied = false;
    // A multipart that comes as one leaf stands too deep.
    const isTooDeep = boundaryOf(fields) !== undefined;
    if (isTooDeep) this.isCut = true;
    const ofPart = fields.filter(([name]) => name.startsWith('content-'));
    if (isTooDeep || !isRead(mediaTypeOf(fields))) {
      this.beginPart(withoutEncoding(ofPart));
      this.addMark(leafMark(this.leaf));
    } else if (isOwnText(fields, this.parts === 0)) {
      this.beginPart([...inUtf8(ofPart), ['content-transfer-encoding', 'base64']]);
      if (this.addMark(encodedMark(this.leaf))) this.text = this.texts.begin(this.leaf, fields);
    } else {
      this.beginPart(ofPart);
      this.isCopied = true;
    }
    this.room = PART_LIMIT_BYTES;
  }

  /** The next bytes of the present leaf as they stand in the message. */
  onBody(bytes: Uint8Array): void {
    // One more than has room, so that it is seen that there was more.
    if (this.isCopied) this.add(this.withinRoom(Buffer.from(bytes.subarray(0, this.room + 1)).toString('latin1')));
  }

  /** What the present leaf holds, when it is a text: the next characters. */
  onText(text: string): void {
    if (!this.text) return;
    const piece = this.withinRoom(text);
    const fitting = piece.slice(0, this.fits(piece.length));
    this.text.write(fitting);
    this.length += fitting.length;
  }

  onBoundary(level: number, isClosing: boolean): void {
    if (this.text) this.text.isClosed = true;
    this.isCopied = false;
    this.add(`\r\n--${this.boundaries[level] ?? ''}${isClosing ? '--' : ''}\r\n`);
    this.boundaries = this.boundaries.slice(0, isClosing ? level : level + 1);
  }

  /** Bytes as Latin-1. */
  all(): string {
    return this.kept;
  }

  private beginPart(fields: HeaderFields): void {
    const isMessage = this.parts === 0;
    this.parts += 1;
    const header = headerOf(fields);
    this.headersLength += header.length;
    const isTooMuch = this.headersLength > HEADERS_LIMIT_BYTES && !isMessage;
    if (isTooMuch || this.parts > PARTS_LIMIT || this.multiparts > MULTIPARTS_LIMIT) this.length = LIMIT_BYTES;
    this.add(header);
  }

  /** A mark is whole, or not there at all: `false`. */
  private addMark(mark: string): boolean {
    const hasRoom = this.fits(mark.length) === mark.length;
    if (hasRoom) this.add(mark);
    return hasRoom;
  }

  private withinRoom(text: string): string {
    const piece = this.withinLines(text.slice(0, this.room));
    if (piece.length < text.length) this.isCut = true;
    this.room -= piece.length;
    return piece;
  }

  private withinLines(text: string): string {
    this.uncountedLeft -= text.length;
    if (this.uncountedLeft >= 0) return text;
    for (let end = 0; ;) {
      const lineFeed = text.indexOf('\n', end);
      if (lineFeed < 0) return text;
      if (this.linesLeft === 0) return text.slice(0, end);
      this.linesLeft -= 1;
      end = lineFeed + 1;
    }
  }

  private add(bytes: string): void {
    const piece = bytes.slice(0, this.fits(bytes.length));
    this.kept += piece;
    this.length += piece.length;
  }

  /** How many of so many bytes have room. */
  private fits(bytes: number): number {
    const room = LIMIT_BYTES - this.length;
    if (room < bytes) this.isCut = true;
    return Math.min(room, bytes);
  }
}

/** Text that is shown, and messages within messages, which hold more parts. */
function isRead(mediaType: string): boolean {
  return /^(?:text\/(?:plain|html)$|message\/|multipart\/)/.test(mediaType);
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

/** What a header says of its part, as bytes in Latin-1. */
function headerOf(fields: HeaderFields): string {
  let header = '';
  for (const [name, value] of fields) header += `${name}: ${eightBitText(value)}\r\n`;
  return EIGHT_BIT.test(header) ? `${Buffer.from(header).toString('latin1')}\r\n` : `${header}\r\n`;
}

const EIGHT_BIT = /[^\0-\x7f]/;
