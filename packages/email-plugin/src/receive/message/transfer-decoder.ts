import { Base64Decoder } from './base64-decoder.js';
import { QuotedPrintableDecoder } from './quoted-printable-decoder.js';

/** Takes the transfer encoding off a body (RFC 2045 section 6), piece by piece. Broken encoding is decoded as far as it goes. */
export interface TransferDecoder {
  /** What it returns is good until the next piece is written, to it or to another one. */
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
const NOTHING = Buffer.alloc(0);
const LINE_END = Buffer.from('\r\n');

/** Line ends become CRLF, their canonical form (RFC 2045 section 6.6). */
class IdentityDecoder implements TransferDecoder {
  private last = 0;

  write(bytes: Uint8Array): Uint8Array {
    const { last } = this;
    this.last = bytes.at(-1) ?? last;
    const isCanonical = firstBareLineFeed(bytes, last, 0) < 0;
    return isCanonical ? bytes : withLineEnds(bytes, last);
  }

  end(): Uint8Array {
    return NOTHING;
  }
}

/** Where a line feed stands without its carriage return, from `from` on; -1 = nowhere. `before`: the byte before the first. */
function firstBareLineFeed(bytes: Uint8Array, before: number, from: number): number {
  for (let at = bytes.indexOf(LF, from); at >= 0; at = bytes.indexOf(LF, at + 1)) {
    if ((at === 0 ? before : bytes[at - 1]) !== CR) return at;
  }
  return -1;
}

function withLineEnds(bytes: Uint8Array, before: number): Uint8Array {
  const pieces: Uint8Array[] = [];
  let from = 0;
  for (let at = firstBareLineFeed(bytes, before, 0); at >= 0; at = firstBareLineFeed(bytes, before, at + 1)) {
    pieces.push(bytes.subarray(from, at), LINE_END);
    from = at + 1;
  }
  return Buffer.concat([...pieces, bytes.subarray(from)]);
}
