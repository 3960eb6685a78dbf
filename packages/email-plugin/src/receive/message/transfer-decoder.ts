/** Takes the transfer encoding off a body (RFC 2045 section 6), piece by piece. Broken encoding is decoded as far as it goes. */
export interface TransferDecoder {
  write(bytes: Uint8Array): Uint8Array;
  end(): Uint8Array;
}

/** The decoder for a Content-Transfer-Encoding; unknown ones are taken as they are. */
export function transferDecoder(encoding: string | undefined): TransferDecoder {
  switch (encoding?.trim().toLowerCase()) {
    case 'base64':
      return new Base64Decoder();
    case 'quoted-printable':
      return new QuotedPrintableDecoder();
    default:
      return new IdentityDecoder();
  }
}

const CR = 0x0d;
const LF = 0x0a;
const EQUALS = 0x3d;
const NOTHING = Buffer.alloc(0);

/** Line ends become CRLF, their canonical form (RFC 2045 section 6.6). */
class IdentityDecoder implements TransferDecoder {
  private last = 0;

  write(bytes: Uint8Array): Uint8Array {
    const out = Buffer.allocUnsafe(bytes.byteLength * 2);
    let length = 0;
    for (let index = 0; index < bytes.byteLength; index += 1) {
      const byte = bytes[index] ?? 0;
      if (byte === LF && this.last !== CR) out[length++] = CR;
      out[length++] = byte;
      this.last = byte;
    }
    return out.subarray(0, length);
  }

  end(): Uint8Array {
    return NOTHING;
  }
}

const BASE64_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** A byte outside of the alphabet. */
const OTHER = 0xff;
const BASE64_VALUES = Uint8Array.from({ length: 256 }, (_, byte) => {
  const value = BASE64_ALPHABET.indexOf(String.fromCharCode(byte));
  return value < 0 ? OTHER : value;
});

/** Passes over what is not of the alphabet. Padding ends a group of four, after which another may begin. */
class Base64Decoder implements TransferDecoder {
  private bits = 0;
  private count = 0;

  write(bytes: Uint8Array): Uint8Array {
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
    return out.subarray(0, length);
  }

  end(): Uint8Array {
    return NOTHING;
  }
}

/** Enough for any escape and the blanks that a transport may have put behind a soft line break. */
const ESCAPE_LIMIT = 100;

class QuotedPrintableDecoder implements TransferDecoder {
  private out: number[] = [];
  /** From `=` on, while it may still become an escape or a soft line break. */
  private escape = '';
  /** White space that does not count if the line ends behind it (RFC 2045 section 6.7, rule 3). */
  private blanks = '';

  write(bytes: Uint8Array): Uint8Array {
    for (const byte of bytes) this.take(byte);
    return this.flush();
  }

  end(): Uint8Array {
    const literal = this.escape;
    this.escape = '';
    for (const byte of Buffer.from(literal, 'latin1')) this.put(byte);
    return this.flush();
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
    } else if (escape.length > ESCAPE_LIMIT || !/^=(?:[0-9A-Fa-f]|[ \t\r]*)$/.test(escape)) {
      this.escape = '';
      this.putVisible(EQUALS);
      for (const literal of Buffer.from(escape.slice(1), 'latin1')) this.take(literal);
    }
  }

  private put(byte: number): void {
    if (byte === LF) {
      this.blanks = '';
      this.out.push(CR, LF);
    } else if (byte === 0x20 || byte === 0x09 || byte === CR) {
      this.blanks += String.fromCharCode(byte);
      if (this.blanks.length > LINE_LIMIT) this.putBlanks();
    } else this.putVisible(byte);
  }

  private putVisible(byte: number): void {
    this.putBlanks();
    this.out.push(byte);
  }

  private putBlanks(): void {
    if (this.blanks === '') return;
    for (const blank of Buffer.from(this.blanks, 'latin1')) this.out.push(blank);
    this.blanks = '';
  }

  private flush(): Uint8Array {
    const bytes = Buffer.from(this.out);
    this.out = [];
    return bytes;
  }
}

/** A longer run of blanks is no end of a line. */
const LINE_LIMIT = 1000;
