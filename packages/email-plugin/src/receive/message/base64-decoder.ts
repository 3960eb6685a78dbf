import { scratch } from './scratch.js';
import type { TransferDecoder } from './transfer-decoder.js';

const CR = 0x0d;
const LF = 0x0a;
const EQUALS = 0x3d;
const NOTHING = Buffer.alloc(0);

const BASE64_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** A byte outside of the alphabet. */
const OTHER = 0xff;
const BASE64_VALUES = Uint8Array.from({ length: 256 }, (_, byte) => {
  const value = BASE64_ALPHABET.indexOf(String.fromCharCode(byte));
  return value < 0 ? OTHER : value;
});

/**
 * Passes over what is not of the alphabet. Padding ends a group of four, after which another may begin. Lines as programs
 * write them are decoded by Node itself, which is many times faster.
 */
export class Base64Decoder implements TransferDecoder {
  private bits = 0;
  private count = 0;
  /** What is decoded of the present piece. */
  private out: Buffer = NOTHING;
  private length = 0;

  write(bytes: Uint8Array): Uint8Array {
    this.out = scratch(Math.ceil((bytes.byteLength * 3) / 4) + 3);
    this.length = 0;
    for (let from = 0; from < bytes.byteLength;) from += this.next(bytes.subarray(from));
    return this.out.subarray(0, this.length);
  }

  end(): Uint8Array {
    return NOTHING;
  }

  /**
   * As many lines as go together; one that goes with none; or all, where they hold anything else. Returns how many bytes
   * that was.
   */
  private next(bytes: Uint8Array): number {
    const lines = this.count === 0 ? wholeLines(bytes) : NO_LINES;
    if (lines.bytes > 0) {
      const decoded = decodeInto(this.out, this.length, bytes, lines);
      if (!decoded) return this.decode(bytes);
      this.length += lines.decoded;
      return lines.bytes;
    }
    return this.decode(bytes.subarray(0, bytes.indexOf(LF) + 1 || bytes.byteLength));
  }

  private decode(bytes: Uint8Array): number {
    const { out } = this;
    let { bits, count, length } = this;
    for (let index = 0; index < bytes.byteLength; index += 1) {
      const byte = bytes[index] ?? 0;
      const value = BASE64_VALUES[byte] ?? OTHER;
      if (value === OTHER) {
        if (byte === EQUALS) count = 0;
        continue;
      }
      bits = ((bits << 6) | value) & 0xffffff;
      count += 6;
      if (count < 8) continue;
      count -= 8;
      out[length++] = (bits >> count) & 0xff;
    }
    this.bits = bits;
    this.count = count;
    this.length = length;
    return bytes.byteLength;
  }
}

/** Lines that stand at the beginning: how many bytes they take, and how many they hold. */
interface Lines {
  readonly bytes: number;
  readonly decoded: number;
}

const NO_LINES: Lines = { bytes: 0, decoded: 0 };
const DASH = 0x2d;
const UNDERSCORE = 0x5f;

/** Lines of whole groups, all as long as the first. */
function wholeLines(bytes: Uint8Array): Lines {
  const length = bytes.indexOf(LF) - 1;
  if (length <= 0 || length % 4 !== 0) return NO_LINES;
  let end = 0;
  while (bytes[end + length] === CR && bytes[end + length + 1] === LF) end += length + 2;
  return { bytes: end, decoded: ((end / (length + 2)) * length * 3) / 4 };
}

/** Whether they were nothing but base64 as RFC 4648 section 4 has it: Node takes the alphabet of its section 5 as well. */
function decodeInto(out: Buffer, at: number, bytes: Uint8Array, lines: Lines): boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, lines.bytes);
  if (text.includes(DASH) || text.includes(UNDERSCORE)) return false;
  return out.write(text.toString('latin1'), at, 'base64') === lines.decoded;
}
