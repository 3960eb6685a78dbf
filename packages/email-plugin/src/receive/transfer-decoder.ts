import type { BodyPiece } from './mime-leaves.js';
import { withoutBlanksAtEnd } from './text-normaliser.js';

/** Takes the transfer encoding off a body (RFC 2045 section 6), piece by piece. Broken encoding is decoded as far as it goes. */
export interface TransferDecoder {
  write(piece: BodyPiece): Uint8Array;
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

const NOTHING = new Uint8Array();

/** The line end before a boundary belongs to the boundary, so each one waits for the next line. */
class IdentityDecoder implements TransferDecoder {
  private owesLineEnd = false;

  write({ bytes, endsLine }: BodyPiece): Uint8Array {
    const before = this.owesLineEnd ? [Buffer.from('\n')] : [];
    this.owesLineEnd = endsLine;
    return Buffer.concat([...before, bytes]);
  }

  end(): Uint8Array {
    return NOTHING;
  }
}

class Base64Decoder implements TransferDecoder {
  private rest = '';

  write({ bytes }: BodyPiece): Uint8Array {
    const text =
      this.rest +
      Buffer.from(bytes)
        .toString('latin1')
        .replace(/[^A-Za-z0-9+/]/g, '');
    const whole = text.length - (text.length % 4);
    this.rest = text.slice(whole);
    return Buffer.from(text.slice(0, whole), 'base64');
  }

  end(): Uint8Array {
    return Buffer.from(this.rest, 'base64');
  }
}

class QuotedPrintableDecoder implements TransferDecoder {
  private rest = '';
  private owesLineEnd = false;

  write({ bytes, endsLine }: BodyPiece): Uint8Array {
    let text = this.rest + Buffer.from(bytes).toString('latin1');
    this.rest = '';
    let lineEnd = this.owesLineEnd ? '\n' : '';
    this.owesLineEnd = false;
    if (endsLine) {
      text = withoutBlanksAtEnd(text);
      if (text.endsWith('=')) text = text.slice(0, -1);
      else this.owesLineEnd = true;
    } else {
      // A piece may end within =XX.
      const cut = /=[0-9A-Fa-f]?$/.exec(text)?.index;
      if (cut !== undefined) {
        this.rest = text.slice(cut);
        text = text.slice(0, cut);
      }
    }
    const decoded = text.replace(/=([0-9A-Fa-f]{2})/g, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16)));
    lineEnd += decoded;
    return Buffer.from(lineEnd, 'latin1');
  }

  end(): Uint8Array {
    return Buffer.from(this.rest, 'latin1');
  }
}
