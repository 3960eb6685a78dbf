import { fieldsOfSmallBlock, HeaderBlock, SMALL_BLOCK } from './header-block.js';
import { boundaryOf, type HeaderFields } from './mime-header.js';

/** How deep parts may stand in parts; what is deeper counts as one opaque part. */
const NESTING_LIMIT = 50;
/** How many parts are looked for; the last of them has all that follows. */
const PARTS_LIMIT = 10_000;
/** A boundary line has 70 characters at most (RFC 2046 section 5.1.1); white space may follow. */
const BOUNDARY_LINE_LIMIT = 1000;
/** A longer line outside of bodies is taken in pieces. */
const LINE_LIMIT = 64 * 1024;

const CR = 0x0d;
const LF = 0x0a;
const DASH = 0x2d;
const NOTHING = Buffer.alloc(0);
const CRLF = Buffer.from('\r\n');
const BARE_LINE_FEED = Buffer.from('\n');
const DASHES = Buffer.from('--');
const LINE_END_AND_DASHES = Buffer.from('\n--');
const LINE_END_AND_EMPTY_LINE = Buffer.from('\n\r\n');

/** The lines that begin and end the parts of one multipart. */
interface Boundary {
  readonly open: string;
  readonly close: string;
  /** Of `open`. */
  readonly bytes: Buffer;
}

/** What a walk over a message meets, in order. Bytes are good until the call returns. */
export interface MimeVisitor {
  /** The header of the whole message. */
  onMessageHeader(fields: HeaderFields): void;
  /** A multipart begins, the message itself or a part of it. */
  onMultipart?(fields: HeaderFields): void;
  /** The boundary before a part, or behind the last one, of the multipart that stands in so many others. */
  onBoundary?(level: number, isClosing: boolean): void;
  /** A leaf part begins. */
  onLeaf(fields: HeaderFields): void;
  /** The next bytes of its body as they stand in the message, in its transfer encoding. */
  onBody(bytes: Uint8Array): void;
  /** All bytes that are no body: headers, boundaries, and the line ends before boundaries, which belong to them. */
  onStructure(bytes: Uint8Array): void;
}

/**
 * Walks over a message of any size in flat memory and tells its leaf parts (RFC 2046). It never throws: what is no good
 * MIME is walked as far as it goes. Bodies are not read line by line: only what may be a boundary is looked at.
 */
export class MimeWalker {
  /** Bytes that can't be judged before more come; short. */
  private carry = NOTHING;
  private place: 'header' | 'body' | 'between' = 'header';
  private isAtLineStart = true;
  /** A line end that belongs to the body unless a boundary follows. */
  private heldLineEnd = NOTHING;
  private header = new HeaderBlock();
  private isMessageHeader = true;
  private readonly boundaries: Boundary[] = [];
  private parts = 0;

  constructor(private readonly visitor: MimeVisitor) {}

  /** The next bytes of the message. */
  write(chunk: Uint8Array): void {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    this.take(this.carry.byteLength > 0 ? Buffer.concat([this.carry, bytes]) : bytes, false);
  }

  /** The message is over. */
  end(): void {
    this.take(this.carry, true);
    this.endHeldLine();
    if (this.place === 'header') this.endHeader();
  }

  private take(data: Buffer, isLast: boolean): void {
    let from = 0;
    while (from < data.byteLength) {
      const isPlainBody = this.place === 'body' && !(this.isAtLineStart && mayBeDashes(data, from));
      const next = isPlainBody
        ? this.takeBody(data, from, isLast)
        : this.takeHeader(data, from) || this.takeLine(data, from, isLast);
      if (next === from) break;
      from = next;
    }
    this.carry = from < data.byteLength ? Buffer.from(data.subarray(from)) : NOTHING;
  }

  /** Body up to the next line that may be a boundary. Returns where to go on, `from` when more bytes are needed. */
  private takeBody(data: Buffer, from: number, isLast: boolean): number {
    this.endHeldLine();
    this.isAtLineStart = false;
    const found = this.boundaries.length === 0 ? -1 : this.nextCandidate(data, from);
    const mayWait = this.boundaries.length > 0 && !isLast;
    const lineEnd = found < 0 ? (mayWait ? unfinished(data, from) : data.byteLength) : found;
    const bodyEnd = found > from && data[found - 1] === CR ? found - 1 : lineEnd;
    if (bodyEnd > from) this.visitor.onBody(data.subarray(from, bodyEnd));
    if (found < 0) return bodyEnd;
    this.heldLineEnd = bodyEnd < found ? CRLF : BARE_LINE_FEED;
    this.isAtLineStart = true;
    return found + 1;
  }

  /** Where a line ends before one that may be a boundary; -1 = nowhere. Lines of other dashes are body like any. */
  private nextCandidate(data: Buffer, from: number): number {
    // Base64 holds a line end each few bytes, but no dashes.
    const dashes = data.indexOf(DASHES, from);
    if (dashes < 0) return -1;
    let found = data.indexOf(LINE_END_AND_DASHES, Math.max(from, dashes - 1));
    while (found >= 0 && !this.boundaries.some(({ bytes }) => mayBegin(data, found + 1, bytes))) {
      found = data.indexOf(LINE_END_AND_DASHES, found + 1);
    }
    return found;
  }

  /** A header as programs write it, all at once. Returns where to go on; 0 when it has to be taken line by line. */
  private takeHeader(data: Buffer, from: number): number {
    if (this.place !== 'header' || !this.isAtLineStart || !this.header.isEmpty) return 0;
    // Never further: a message may have parts without end, and no empty line behind them.
    const lastLineFeed = data.subarray(from, from + SMALL_BLOCK).indexOf(LINE_END_AND_EMPTY_LINE);
    if (lastLineFeed < 0) return 0;
    const block = data.toString('latin1', from, from + lastLineFeed + 1);
    if (hasEmptyLine(block) || (this.boundaries.length > 0 && hasLineOfDashes(block))) return 0;
    const end = from + lastLineFeed + LINE_END_AND_EMPTY_LINE.byteLength;
    this.visitor.onStructure(data.subarray(from, end));
    this.endHeader(fieldsOfSmallBlock(block));
    return end;
  }

  /** One line of a header, between parts, or one that may be a boundary. */
  private takeLine(data: Buffer, from: number, isLast: boolean): number {
    const lineFeed = data.indexOf(LF, from);
    const limit = this.place === 'body' ? BOUNDARY_LINE_LIMIT : LINE_LIMIT;
    const isTooLong = (lineFeed < 0 ? data.byteLength : lineFeed) - from > limit;
    if (lineFeed < 0 && !isLast && !isTooLong) return from;
    const end = isTooLong ? from + limit : lineFeed < 0 ? data.byteLength : lineFeed + 1;
    const line = data.subarray(from, end);
    if (this.isAtLineStart && !isTooLong && this.takeBoundary(line)) return end;
    if (this.place === 'body') {
      // No boundary after all: only its dashes, so that what follows is looked through as any body.
      this.endHeldLine();
      this.isAtLineStart = false;
      this.visitor.onBody(data.subarray(from, from + 2));
      return Math.min(from + 2, data.byteLength);
    }
    this.takeStructure(line);
    this.isAtLineStart = lineFeed >= 0 && end === lineFeed + 1;
    return end;
  }

  private takeBoundary(line: Buffer): boolean {
    if (line[0] !== DASH || line[1] !== DASH) return false;
    const text = line.toString('latin1').trimEnd();
    const level = this.boundaries.findLastIndex(({ open, close }) => text === open || text === close);
    if (level < 0) return false;
    if (this.place === 'header') this.endHeader();
    if (this.parts >= PARTS_LIMIT) return false;
    this.visitor.onStructure(this.heldLineEnd);
    this.heldLineEnd = NOTHING;
    this.visitor.onStructure(line);
    const isClosing = text !== this.boundaries[level]?.open;
    this.visitor.onBoundary?.(level, isClosing);
    this.boundaries.length = isClosing ? level : level + 1;
    this.place = isClosing ? 'between' : 'header';
    this.isAtLineStart = true;
    return true;
  }

  private takeStructure(line: Buffer): void {
    this.visitor.onStructure(line);
    if (this.place !== 'header') return;
    const text = line.toString('latin1');
    if (this.isAtLineStart && (text === '\n' || text === '\r\n')) this.endHeader();
    else this.header.add(text, this.isAtLineStart);
  }

  private endHeader(fields = this.header.end()): void {
    this.header = new HeaderBlock();
    if (this.isMessageHeader) this.visitor.onMessageHeader(fields);
    this.isMessageHeader = false;
    const boundary = boundaryOf(fields);
    this.parts += 1;
    if (this.parts >= PARTS_LIMIT) this.boundaries.length = 0;
    if (boundary !== undefined && this.boundaries.length < NESTING_LIMIT && this.parts < PARTS_LIMIT) {
      const open = `--${boundary}`;
      this.boundaries.push({ open, close: `${open}--`, bytes: Buffer.from(open, 'latin1') });
      this.place = 'between';
      this.visitor.onMultipart?.(fields);
    } else {
      this.place = 'body';
      this.visitor.onLeaf(fields);
    }
  }

  /** The held line end was one of the body. */
  private endHeldLine(): void {
    if (this.heldLineEnd.byteLength === 0) return;
    this.visitor.onBody(this.heldLineEnd);
    this.heldLineEnd = NOTHING;
  }
}

/** In a header, whose lines end with CRLF or LF. */
function hasEmptyLine(block: string): boolean {
  return block.startsWith('\n') || block.startsWith('\r\n') || block.includes('\n\n');
}

function hasLineOfDashes(block: string): boolean {
  return block.startsWith('--') || block.includes('\n--');
}

/** Whether a line begins with two dashes, or with one and nothing is known of the next byte. */
function mayBeDashes(data: Buffer, from: number): boolean {
  return data[from] === DASH && (from + 1 >= data.byteLength || data[from + 1] === DASH);
}

/** Whether the bytes stand there, as far as there are any. */
function mayBegin(data: Buffer, at: number, bytes: Buffer): boolean {
  const length = Math.min(bytes.byteLength, data.byteLength - at);
  return data.compare(bytes, 0, length, at, at + length) === 0;
}

/** Where a line end begins that may turn out to be followed by dashes; the end of the data when there is none. */
function unfinished(data: Buffer, from: number): number {
  const length = data.byteLength;
  const tail = data.subarray(Math.max(from, length - 3)).toString('latin1');
  const match = /\r?\n-?$|\r$/.exec(tail);
  return match ? length - match[0].length : length;
}
