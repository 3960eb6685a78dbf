/** How deep parts may stand in parts; what is deeper counts as one opaque part. */
const NESTING_LIMIT = 50;
/** Of a header block; the rest of it is passed over. */
const HEADER_LIMIT = 256 * 1024;
/** A boundary line has 70 characters at most (RFC 2046 section 5.1.1); white space may follow. */
const BOUNDARY_LINE_LIMIT = 1000;
/** A longer line is handed on in pieces. */
const LINE_LIMIT = 64 * 1024;

/** The header fields of a message or part, names in lower case, values unfolded, in order. Bytes as Latin-1. */
export type HeaderFields = readonly (readonly [name: string, value: string])[];

/** A piece of a part's body as it stands in the message, still in its transfer encoding. */
export interface BodyPiece {
  readonly bytes: Uint8Array;
  /** The line ends behind it; the line end itself is not in `bytes`. */
  readonly endsLine: boolean;
}

/** What a walk over a message meets, in order. */
export interface MimeVisitor {
  /** The header of the whole message. */
  onMessageHeader(fields: HeaderFields): void;
  onLeaf(fields: HeaderFields): void;
  onBody(piece: BodyPiece): void;
}

/**
 * Walks over a message of any size in flat memory and tells its leaf parts (RFC 2046). It never throws: what is no good
 * MIME is walked as far as it goes.
 */
export class MimeWalker {
  private line = new Uint8Array(1024);
  private length = 0;
  /** The present line has been handed on in part already. */
  private isContinued = false;
  private place: 'header' | 'leaf' | 'between' = 'header';
  private header = '';
  private isMessageHeader = true;
  private readonly boundaries: string[] = [];

  constructor(private readonly visitor: MimeVisitor) {}

  /** The next bytes of the message. */
  write(chunk: Uint8Array): void {
    for (let from = 0; from < chunk.byteLength;) {
      const end = chunk.indexOf(0x0a, from);
      const to = end < 0 ? chunk.byteLength : end;
      this.append(chunk.subarray(from, to));
      if (end >= 0) this.endLine();
      from = to + (end < 0 ? 0 : 1);
    }
  }

  /** The message is over. */
  end(): void {
    if (this.length > 0 || this.isContinued) this.takeLine(this.takeBytes(), false);
    if (this.place === 'header') this.endHeader();
  }

  private append(bytes: Uint8Array): void {
    for (let from = 0; from < bytes.byteLength;) {
      const piece = bytes.subarray(from, from + LINE_LIMIT - this.length);
      this.reserve(this.length + piece.byteLength);
      this.line.set(piece, this.length);
      this.length += piece.byteLength;
      from += piece.byteLength;
      if (this.length === LINE_LIMIT) this.handOn();
    }
  }

  /** A line that is too long to be kept. */
  private handOn(): void {
    const bytes = this.takeBytes();
    if (this.place === 'leaf') this.visitor.onBody({ bytes, endsLine: false });
    else if (this.place === 'header') this.appendHeader(bytes, '');
    this.isContinued = true;
  }

  private endLine(): void {
    const bytes = this.takeBytes();
    const withoutCr = bytes.at(-1) === 0x0d ? bytes.subarray(0, -1) : bytes;
    this.takeLine(withoutCr, true);
  }

  private takeLine(bytes: Uint8Array, endsLine: boolean): void {
    const isWhole = !this.isContinued;
    this.isContinued = false;
    if (isWhole && this.takeBoundary(bytes)) return;
    if (this.place === 'leaf') this.visitor.onBody({ bytes, endsLine });
    else if (this.place === 'header') {
      if (isWhole && bytes.byteLength === 0) this.endHeader();
      else this.appendHeader(bytes, '\n');
    }
  }

  private takeBoundary(bytes: Uint8Array): boolean {
    if (bytes[0] !== 0x2d || bytes[1] !== 0x2d || bytes.byteLength > BOUNDARY_LINE_LIMIT) return false;
    const text = latin1(bytes).trimEnd();
    const level = this.boundaries.findLastIndex((boundary) => text === `--${boundary}` || text === `--${boundary}--`);
    if (level < 0) return false;
    if (this.place === 'header') this.endHeader();
    const isLast = text === `--${this.boundaries[level] ?? ''}--`;
    this.boundaries.length = isLast ? level : level + 1;
    this.place = isLast ? 'between' : 'header';
    return true;
  }

  private appendHeader(bytes: Uint8Array, lineEnd: string): void {
    if (this.header.length < HEADER_LIMIT) this.header += latin1(bytes) + lineEnd;
  }

  private endHeader(): void {
    const fields = parseHeader(this.header);
    this.header = '';
    if (this.isMessageHeader) this.visitor.onMessageHeader(fields);
    this.isMessageHeader = false;
    const boundary = boundaryOf(fields);
    if (boundary !== undefined && this.boundaries.length < NESTING_LIMIT) {
      this.boundaries.push(boundary);
      this.place = 'between';
    } else {
      this.place = 'leaf';
      this.visitor.onLeaf(fields);
    }
  }

  private takeBytes(): Uint8Array {
    const bytes = this.line.slice(0, this.length);
    this.length = 0;
    return bytes;
  }

  private reserve(needed: number): void {
    if (needed <= this.line.byteLength) return;
    const larger = new Uint8Array(Math.min(LINE_LIMIT, Math.max(needed, this.line.byteLength * 2)));
    larger.set(this.line.subarray(0, this.length));
    this.line = larger;
  }
}

/** The first value of a field. */
export function fieldOf(fields: HeaderFields, name: string): string | undefined {
  return fields.find(([found]) => found === name)?.[1];
}

/** A parameter of a structured field, quotes taken off (RFC 2045 section 5.1). */
export function parameterOf(value: string | undefined, name: string): string | undefined {
  const match = new RegExp(`;\\s*${name}\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|([^\\s;]+))`, 'i').exec(value ?? '');
  return match?.[1]?.replace(/\\(.)/g, '$1') ?? match?.[2];
}

function boundaryOf(fields: HeaderFields): string | undefined {
  const contentType = fieldOf(fields, 'content-type');
  if (contentType === undefined || !/^\s*multipart\//i.test(contentType)) return undefined;
  const boundary = parameterOf(contentType, 'boundary')?.trimEnd();
  return boundary === '' ? undefined : boundary;
}

function parseHeader(text: string): HeaderFields {
  const unfolded = text.replace(/\n[ \t]+/g, ' ').split('\n');
  return unfolded.flatMap((line) => {
    const colon = line.indexOf(':');
    return colon < 1 ? [] : [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()] as const];
  });
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
