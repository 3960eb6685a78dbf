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

  write(bytes: Uint8Array): Uint8Array {
    const pieces: Uint8Array[] = [];
    for (let rest = bytes; rest.byteLength > 0;) {
      const { decoded, from } = this.next(rest);
      pieces.push(decoded);
      rest = rest.subarray(from);
    }
    const [only] = pieces;
    return pieces.length === 1 && only ? only : Buffer.concat(pieces);
  }

  end(): Uint8Array {
    return NOTHING;
  }

  /** As many lines as go together; one that goes with none; or all, where they hold anything else. */
  private next(bytes: Uint8Array): Decoded {
    const lines = this.count === 0 ? decodeLines(bytes) : NO_LINES;
    if (!lines) return this.decode(bytes);
    return lines.from > 0 ? lines : this.decode(bytes.subarray(0, bytes.indexOf(LF) + 1 || bytes.byteLength));
  }

  private decode(bytes: Uint8Array): Decoded {
    const out = Buffer.allocUnsafe(Math.ceil((bytes.byteLength * 3) / 4) + 3);
    let { bits, count } = this;
    let length = 0;
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
    return { decoded: out.subarray(0, length), from: bytes.byteLength };
  }
}

/** Decoded bytes, and where what follows them begins in what was given. */
interface Decoded {
  readonly decoded: Uint8Array;
  readonly from: number;
}

const NO_LINES: Decoded = { decoded: NOTHING, from: 0 };
const DASH = 0x2d;
const UNDERSCORE = 0x5f;

/** Lines of whole groups, all as long as the first, from the beginning on; `undefined` when they hold anything else, too. */
function decodeLines(bytes: Uint8Array): Decoded | undefined {
  const length = bytes.indexOf(LF) - 1;
  if (length <= 0 || length % 4 !== 0) return NO_LINES;
  let from = 0;
  while (bytes[from + length] === CR && bytes[from + length + 1] === LF) from += length + 2;
  const lines = Buffer.from(bytes.buffer, bytes.byteOffset, from);
  // Node takes the alphabet of RFC 4648 section 5 as well.
  if (lines.includes(DASH) || lines.includes(UNDERSCORE)) return undefined;
  const decoded = Buffer.from(lines.toString('latin1'), 'base64');
  const isWhole = decoded.byteLength === ((from / (length + 2)) * length * 3) / 4;
  return isWhole ? { decoded, from } : undefined;
}
