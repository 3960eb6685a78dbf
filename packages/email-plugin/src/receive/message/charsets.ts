import { isAscii } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { decodingStream, hasEncoding } from './iconv-lite.adapter.js';
import { KeptResults } from './kept-results.js';

/** Turns bytes into text piece by piece, as the `TextDecoder` of the platform does; broken bytes become U+FFFD. */
export interface CharsetDecoder {
  decode(bytes?: Uint8Array, options?: { readonly stream?: boolean }): string;
}

/** What mail calls a charset that the platform knows by another name, without what programs put around names. */
const ALIASES: Readonly<Record<string, string>> = {
  iso88598i: 'iso-8859-8',
  iso88598e: 'iso-8859-8',
  iso2022jp1: 'iso-2022-jp',
  iso2022jp2: 'iso-2022-jp',
  cp50220: 'iso-2022-jp',
  cp50221: 'iso-2022-jp',
  cp932: 'shift_jis',
  windows932: 'shift_jis',
  cp936: 'gbk',
  cp949: 'euc-kr',
  uhc: 'euc-kr',
  cp950: 'big5',
  cp874: 'windows-874',
};

/** What every byte is something in. */
const FALLBACK = 'windows-1252';

/** The decoder of a charset; of none, UTF-8; of one that nobody knows, Windows-1252. */
export function textDecoder(charset = 'utf-8'): CharsetDecoder {
  const isPlain = HOLD_ASCII.get(charset) ?? HOLD_ASCII.keep(charset, holdsAscii(decoderOf(charset)));
  return isPlain ? new AsciiFirstDecoder(charset) : anyDecoder(charset);
}

function anyDecoder(charset: string, isBegun = false): CharsetDecoder {
  const decoder = decoderOf(charset, isBegun);
  return decoder instanceof TextDecoder ? new PiecewiseDecoder(decoder) : decoder;
}

/** Whether the bytes of ASCII are its characters, wherever they stand. */
function holdsAscii(decoder: CharsetDecoder): boolean {
  return decoder instanceof TextDecoder && /^(?:utf-8|windows-125\d|iso-8859-\d+)$/.test(decoder.encoding);
}

/** Of charsets that were asked for. */
const HOLD_ASCII = new KeptResults<boolean>(50);

/** A decoder takes longer to make, and to use, than most texts take that need none. */
class AsciiFirstDecoder implements CharsetDecoder {
  private decoder: CharsetDecoder | undefined;
  private isBegun = false;

  constructor(private readonly charset: string) {}

  decode(bytes = NOTHING, options?: { readonly stream?: boolean }): string {
    if (!this.decoder && isAscii(bytes)) {
      this.isBegun ||= bytes.byteLength > 0;
      return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
    }
    this.decoder ??= anyDecoder(this.charset, this.isBegun);
    return this.decoder.decode(bytes, options);
  }
}

/** Fewer bytes are joined with those behind them. */
const SHORT_PIECE = 8;
const NOTHING = new Uint8Array();

/**
 * The platform’s own makes room for as many characters as a piece has bytes, twice, and throws where what waited of the piece
 * before turns into more (GB 18030 in Node 24): so no piece is shorter than that.
 */
class PiecewiseDecoder implements CharsetDecoder {
  private waiting = NOTHING;

  constructor(private readonly decoder: TextDecoder) {}

  decode(bytes = NOTHING, { stream = false } = {}): string {
    const piece = this.waiting.byteLength > 0 ? Buffer.concat([this.waiting, bytes]) : bytes;
    const isShort = stream && piece.byteLength < SHORT_PIECE;
    this.waiting = isShort ? Uint8Array.from(piece) : NOTHING;
    return isShort ? '' : this.decoder.decode(piece, { stream });
  }
}

/** @param isBegun characters came already: no byte order mark is looked for */
function decoderOf(charset: string, isBegun = false): CharsetDecoder {
  // RFC 2231 section 5 lets a language stand behind the charset.
  const label = charset.replace(/\*.*$/, '').trim().toLowerCase();
  return (
    platformDecoder(label, isBegun) ??
    (isForeignCharset(label) ? decodingStream(plainName(label)) : undefined) ??
    platformDecoder(ALIASES[plainName(label)] ?? plainName(label), isBegun) ??
    new TextDecoder(FALLBACK)
  );
}

/** All of a text in a charset. */
export function decodeText(charset: string | undefined, bytes: Uint8Array): string {
  const label = charset ?? 'utf-8';
  const kept = KEPT_DECODERS.get(label);
  if (kept) return kept.decode(bytes);
  const decoder = decoderOf(label);
  // Messages make up names without end; the platform's own are few.
  if (decoder instanceof TextDecoder && KEPT_DECODERS.size < MOST_KEPT) KEPT_DECODERS.set(label, decoder);
  return decoder.decode(bytes);
}

/** A header has many short texts, and a decoder takes longer to make than to use. */
const KEPT_DECODERS = new Map<string, TextDecoder>();
const MOST_KEPT = 50;

/** Whether a charset has a decoder under the very name. */
export function isKnownCharset(charset: string): boolean {
  return KNOWN.get(charset) ?? KNOWN.keep(charset, hasDecoder(charset));
}

function hasDecoder(charset: string): boolean {
  return platformDecoder(charset.trim().toLowerCase()) !== undefined || isForeignCharset(charset);
}

const KNOWN = new KeptResults<boolean>(50);

/** Whether only the library knows it: UTF-7, the code pages of DOS and the like. */
function isForeignCharset(charset: string): boolean {
  const label = charset.trim().toLowerCase();
  const name = plainName(label);
  return hasEncoding(name) && !(name in ALIASES) && !platformDecoder(label) && !platformDecoder(name);
}

function plainName(label: string): string {
  return label.replace(/^(?:x-|cs)/, '').replace(/[\s._-]+/g, '');
}

function platformDecoder(label: string, ignoreBOM = false): CharsetDecoder | undefined {
  try {
    return new TextDecoder(label, { ignoreBOM });
  } catch {
    return undefined;
  }
}
