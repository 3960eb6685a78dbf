import { scratch } from './scratch.js';
import type { TransferDecoder } from './transfer-decoder.js';

const CR = 0x0d;
const LF = 0x0a;
const EQUALS = 0x3d;
const NOTHING = Buffer.alloc(0);

/** Enough for any escape and the blanks that a transport may have put behind a soft line break. */
const ESCAPE_LIMIT = 100;
/** A longer run of blanks is no end of a line. */
const BLANKS_LIMIT = 1000;

const SPACE = 0x20;
const TAB = 0x09;

/** Quoted-printable (RFC 2045 section 6.7). Lines as programs write them are taken whole, others byte by byte. */
export class QuotedPrintableDecoder implements TransferDecoder {
  /** What is decoded of the present piece. */
  private out: Buffer = NOTHING;
  private outWords = wordsOf(NOTHING);
  private length = 0;
  /** From `=` on, while it may still become an escape or a soft line break. */
  private escape = '';
  /** White space that does not count if the line ends behind it (RFC 2045 section 6.7, rule 3). */
  private blanks = '';

  write(bytes: Uint8Array): Uint8Array {
    this.begin(bytes.byteLength);
    const words = wordsOf(bytes);
    let from = 0;
    while (from < bytes.byteLength) {
      const isLineStart = this.escape === '' && this.blanks === '';
      const end = isLineStart ? this.takeLine(bytes, words, from) : from;
      from = end > from ? end : this.takeSlowly(bytes, from);
    }
    return this.out.subarray(0, this.length);
  }

  end(): Uint8Array {
    const literal = this.escape;
    this.escape = '';
    this.begin(0);
    for (const byte of Buffer.from(literal, 'latin1')) this.put(byte);
    return this.out.subarray(0, this.length);
  }

  /** Room for all that a piece can become: a line feed two bytes, and what waited from the piece before. */
  private begin(size: number): void {
    const most = 2 * size + this.blanks.length + this.escape.length + ESCAPE_LIMIT;
    this.out = scratch(most);
    this.outWords = wordsOf(this.out);
    this.length = 0;
  }

  /** A whole line as programs write it. Returns where it ends; `from` when it is another (blanks at its end, a broken escape). */
  private takeLine(bytes: Uint8Array, words: DataView, from: number): number {
    const { out, outWords } = this;
    const { byteLength } = bytes;
    let { length } = this;
    for (let at = from; at < byteLength; at += 1) {
      const plain = copyPlainWords(words, at, byteLength, outWords, length);
      at += plain;
      length += plain;
      const byte = bytes[at] ?? 0;
      if (byte === EQUALS) {
        const lineFeed = bytes[at + 1] === CR ? at + 2 : at + 1;
        if (bytes[lineFeed] === LF) {
          this.length = length;
          return lineFeed + 1;
        }
        const value = hexValue(bytes[at + 1]) * 16 + hexValue(bytes[at + 2]);
        if (Number.isNaN(value)) return from;
        out[length++] = value;
        at += 2;
      } else if (byte === LF) {
        const lineEnd = at > from && bytes[at - 1] === CR ? at - 1 : at;
        if (lineEnd > from && isBlank(bytes[lineEnd - 1])) return from;
        if (lineEnd === at) out[length++] = CR;
        out[length++] = LF;
        this.length = length;
        return at + 1;
      } else out[length++] = byte;
    }
    return from;
  }

  /** The rest of a line, byte by byte. Returns where it ends. */
  private takeSlowly(bytes: Uint8Array, from: number): number {
    let at = from;
    while (at < bytes.byteLength) {
      const byte = bytes[at++] ?? 0;
      this.take(byte);
      if (byte === LF) break;
    }
    return at;
  }

  private take(byte: number): void {
    if (this.escape === '') {
      if (byte === EQUALS) this.escape = '=';
      else this.put(byte);
      return;
    }
    this.escape += String.fromCharCode(byte);
    const { escape } = this;
    if (/^=[0-9A-Fa-f]{2}$/.test(escape)) {
      this.escape = '';
      this.putVisible(parseInt(escape.slice(1), 16));
    } else if (/^=[ \t\r]*\n$/.test(escape)) {
      this.escape = '';
      // White space before a soft line break stands at no line's end.
      this.putBlanks();
    } else if (escape.length > ESCAPE_LIMIT || !/^=(?:[0-9A-Fa-f]|[ \t\r]*)$/.test(escape)) {
      this.escape = '';
      this.putVisible(EQUALS);
      for (const literal of Buffer.from(escape.slice(1), 'latin1')) this.take(literal);
    }
  }

  private put(byte: number): void {
    if (byte === LF) {
      this.blanks = '';
      this.out[this.length++] = CR;
      this.out[this.length++] = LF;
    } else if (isBlank(byte)) {
      this.blanks += String.fromCharCode(byte);
      if (this.blanks.length > BLANKS_LIMIT) this.putBlanks();
    } else this.putVisible(byte);
  }

  private putVisible(byte: number): void {
    this.putBlanks();
    this.out[this.length++] = byte;
  }

  private putBlanks(): void {
    if (this.blanks === '') return;
    this.length += this.out.write(this.blanks, this.length, 'latin1');
    this.blanks = '';
  }
}

/** Most bytes stand for themselves: they are looked at, and copied, four at a time. */
const WORD_BYTES = 4;
const EQUALS_WORD = 0x3d3d3d3d;
const LF_WORD = 0x0a0a0a0a;

function wordsOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

/**
 * Copies words without an equals sign or a line feed, and never the last byte of those until `end`. Returns how many bytes
 * they have.
 */
function copyPlainWords(from: DataView, start: number, end: number, to: DataView, position: number): number {
  let copied = 0;
  for (; start + copied + WORD_BYTES < end; copied += WORD_BYTES) {
    const word = from.getInt32(start + copied);
    if (holds(word, EQUALS_WORD) || holds(word, LF_WORD)) break;
    to.setInt32(position + copied, word);
  }
  return copied;
}

/** Whether one of the four bytes is the one that the other word repeats. */
function holds(word: number, repeated: number): boolean {
  const difference = word ^ repeated;
  // A byte that is 0 borrows: https://graphics.stanford.edu/~seander/bithacks.html#ZeroInWord
  return ((difference - 0x01010101) & ~difference & 0x80808080) !== 0;
}

function isBlank(byte: number | undefined): boolean {
  return byte === SPACE || byte === TAB || byte === CR;
}

/** NaN for what is no hexadecimal digit. */
function hexValue(byte: number | undefined): number {
  return HEX_VALUES[byte ?? 0] ?? NaN;
}

const HEX_VALUES = Float64Array.from({ length: 256 }, (_, byte) => {
  const digit = String.fromCharCode(byte);
  return /[0-9A-Fa-f]/.test(digit) ? parseInt(digit, 16) : NaN;
});
