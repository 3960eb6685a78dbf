import { createHash, hash, type Hash } from 'node:crypto';
import { textDecoder } from './charsets.js';
import { LineFeeds } from './line-feeds.js';
import { TextHash } from './text-hash.js';
import { TextNormaliser } from './text-normaliser.js';

/** Takes the body of a part without its transfer encoding, piece by piece. */
export interface ContentDigest {
  write(bytes: Uint8Array): void;
  /** SHA-256 in hex, of what makes it another content. */
  end(): string;
}

/** Bytes that are collected before they are hashed. */
const FEW_BYTES = 4096;

/** Of any bytes. Few are hashed at once, as a short text is by `TextHash`. */
export class BytesDigest implements ContentDigest {
  /** As Latin-1. */
  private few = '';
  private begun: Hash | undefined;

  write(bytes: Uint8Array): void {
    if (!this.begun && this.few.length + bytes.byteLength <= FEW_BYTES) {
      this.few += Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
      return;
    }
    this.begun ??= createHash('sha256').update(this.few, 'latin1');
    this.begun.update(bytes);
  }

  end(): string {
    return this.begun?.digest('hex') ?? hash('sha256', Buffer.from(this.few, 'latin1'));
  }
}

/** Of text in a charset, whatever the charset. */
export class TextDigest implements ContentDigest {
  private readonly hash = new TextHash();
  private readonly normaliser = new TextNormaliser((text) => {
    this.hash.update(text);
  });
  private readonly decoder;
  private readonly lineFeeds = new LineFeeds();
  /** Of a page, while its head comes. */
  private head: string | undefined;

  /** @param onText called with the text, whose lines end with line feeds */
  constructor(
    charset: string | undefined,
    mediaType: string,
    private readonly onText?: (text: string) => void,
  ) {
    this.decoder = textDecoder(charset);
    if (mediaType === 'text/html') this.head = '';
  }

  write(bytes: Uint8Array): void {
    this.take(this.lineFeeds.write(this.decoder.decode(bytes, { stream: true })));
  }

  end(): string {
    this.take(this.lineFeeds.write(this.decoder.decode()) + this.lineFeeds.end());
    this.endHead();
    return this.hash.digest();
  }

  private take(text: string): void {
    if (text === '') return;
    this.onText?.(text);
    if (this.head === undefined) {
      this.normaliser.write(text);
      return;
    }
    this.head += text;
    if (this.head.length >= HEAD_LENGTH) this.endHead();
  }

  private endHead(): void {
    const { head } = this;
    if (head === undefined) return;
    this.head = undefined;
    this.normaliser.write(withoutCharset(head.slice(0, HEAD_LENGTH)));
    this.normaliser.write(head.slice(HEAD_LENGTH));
  }
}

/** Characters in which the head of a page says its charset. */
const HEAD_LENGTH = 4096;

/** What the head of a page says of its charset is Exchange’s to change together with it. */
function withoutCharset(head: string): string {
  if (!head.toLowerCase().includes('charset')) return head;
  return head.replace(/<meta\b[^>]*>\s*/gi, (meta) => (/\bcharset\b/i.test(meta) ? '' : meta));
}
