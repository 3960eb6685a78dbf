import { createHash, type Hash } from 'node:crypto';
import type { TextDecoder } from 'node:util';
import type { MessageIdentity } from '@exact/host-contracts';
import { headerText, textDecoder } from './header-text.js';
import { fieldOf, mediaTypeOf, parameterOf, type HeaderFields } from './mime-header.js';
import { TextNormaliser } from './text-normaliser.js';
import { transferDecoder, type TransferDecoder } from './transfer-decoder.js';

/**
 * The identity of a message: what its author wrote, and nothing that transport adds or Exchange rewrites.
 *
 * SHA-256 over the JSON of `[version, headers, parts]`:
 * - headers: for each name of {@link AUTHOR_HEADERS} in that order, its values in the order of the message, unfolded,
 *   encoded words decoded, quotes taken off, white space folded;
 * - parts: for each leaf part in order its media type in lower case without parameters, its file name, and the SHA-256 of its
 *   body with the transfer encoding taken off; for text/* the body is decoded from its charset first, and line ends, white
 *   space at line ends and blank lines at both ends do not count.
 *
 * Left out: Received, X-…, Return-Path, DKIM and the like, boundaries, preamble and epilogue, encodings, charsets.
 *
 * Broken messages must not hide behind each other either, so what only they have counts as well: lines in a header that are
 * no field, all fields where none is the author's, and all that follows the header of a multipart without parts.
 *
 * Stored for ever: a change of it makes every message a new one, so it takes another version and an update of the stores.
 */
const VERSION = 1;

const AUTHOR_HEADERS = ['message-id', 'date', 'from', 'reply-to', 'to', 'cc', 'subject', 'in-reply-to', 'references'];

/** Computes the identity of one message from what a walk over it meets. */
export class IdentityDigest {
  private headers: readonly (readonly string[])[] = [];
  private broken: readonly string[] = [];
  private readonly parts: (readonly string[])[] = [];
  /** What follows the message's header until the first leaf part. */
  private outside: Hash | undefined;
  private leaf: LeafDigest | undefined;
  /** Bytes of each leaf part after decoding. */
  readonly sizes: number[] = [];

  onMessageHeader(fields: HeaderFields): void {
    this.headers = AUTHOR_HEADERS.map((name) =>
      fields.filter(([found]) => found === name).map(([, value]) => normalise(value)),
    );
    const isAuthorless = this.headers.every((values) => values.length === 0);
    this.broken = isAuthorless ? fields.map(([name, value]) => `${name}: ${value}`) : strayLines(fields);
    this.outside = createHash('sha256');
  }

  onLeaf(fields: HeaderFields): void {
    this.endLeaf();
    this.outside = undefined;
    this.leaf = new LeafDigest(fields);
  }

  onStructure(bytes: Uint8Array): void {
    this.outside?.update(bytes);
  }

  onBody(bytes: Uint8Array): void {
    this.leaf?.write(bytes);
  }

  /** To be called once, at the end. */
  digest(): MessageIdentity {
    this.endLeaf();
    if (this.outside) this.parts.push([this.outside.digest('hex')]);
    const broken = this.broken.length > 0 ? [this.broken] : [];
    return createHash('sha256')
      .update(JSON.stringify([VERSION, this.headers, this.parts, ...broken]))
      .digest('hex');
  }

  private endLeaf(): void {
    if (!this.leaf) return;
    this.parts.push(this.leaf.end());
    this.sizes.push(this.leaf.size);
    this.leaf = undefined;
  }
}

class LeafDigest {
  size = 0;
  private readonly hash: Hash = createHash('sha256');
  private readonly mediaType: string;
  private readonly fileName: string;
  private readonly strays: readonly string[];
  private readonly decoder: TransferDecoder;
  private readonly text: TextDecoder | undefined;
  private readonly normaliser = new TextNormaliser((text) => this.hash.update(text));

  constructor(fields: HeaderFields) {
    const contentType = fieldOf(fields, 'content-type');
    this.mediaType = mediaTypeOf(fields);
    const disposition = fieldOf(fields, 'content-disposition');
    this.fileName = normalise(parameterOf(disposition, 'filename') ?? parameterOf(contentType, 'name') ?? '');
    this.strays = strayLines(fields);
    this.decoder = transferDecoder(fieldOf(fields, 'content-transfer-encoding'));
    if (this.mediaType.startsWith('text/')) this.text = textDecoder(parameterOf(contentType, 'charset'));
  }

  write(bytes: Uint8Array): void {
    this.take(this.decoder.write(bytes));
  }

  end(): readonly string[] {
    this.take(this.decoder.end());
    if (this.text) this.normaliser.write(this.text.decode());
    return [this.mediaType, this.fileName, this.hash.digest('hex'), ...this.strays];
  }

  private take(bytes: Uint8Array): void {
    this.size += bytes.byteLength;
    if (this.text) this.normaliser.write(this.text.decode(bytes, { stream: true }));
    else this.hash.update(bytes);
  }
}

/** Without the line that some programs put before a message when they hand it on (RFC 4155). */
function strayLines(fields: HeaderFields): readonly string[] {
  return fields.flatMap(([name, line]) => (name === '' && !/^>?From /.test(line) ? [line] : []));
}

function normalise(value: string): string {
  return headerText(value.replaceAll('"', ''));
}
