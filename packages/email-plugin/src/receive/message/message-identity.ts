import type { MessageIdentity } from '@exact/host-contracts';
import { authorValues } from './author-headers.js';
import { BytesDigest, TextDigest, type ContentDigest } from './content-digest.js';
import { headerText } from './header-text.js';
import { fieldOf, mediaTypeOf, parameterOf, type HeaderFields } from './mime-header.js';
import { MimeWalker, type MimeVisitor } from './mime-walker.js';
import { TextHash } from './text-hash.js';
import { transferDecoder, type TransferDecoder } from './transfer-decoder.js';

/**
 * The identity of a message: what its author wrote, and nothing that transport adds or Exchange rewrites. What counts, and
 * why, stands in docs/message-identity.md.
 *
 * SHA-256 over JSON, of the version with the headers, then of each part:
 * - headers: for each of the author's fields (`author-headers.ts`) its values in the order of the message, in one way of
 *   writing them;
 * - parts: for each leaf part in order its media type in lower case without parameters, its file name, and the SHA-256 of its
 *   body with the transfer encoding taken off; for text/* the body is decoded from its charset first, and line ends, white
 *   space at line ends and blank lines at both ends do not count; for a message within the message, its own identity.
 *
 * Left out: Received, X-…, Return-Path, DKIM and the like, boundaries, preamble and epilogue, encodings, charsets.
 *
 * Broken messages must not hide behind each other either, so what only they have counts as well: lines in a header that are
 * no field, all fields but those of transport where none is the author's, and all that follows the header of a multipart
 * without parts.
 *
 * Stored for ever: a change of it makes every message a new one, so it takes another version and an update of the stores.
 */
const VERSION = 1;

/** How deep messages within messages are taken apart; what is deeper counts as it stands. */
const NESTED_MESSAGES_LIMIT = 5;

/** Sizes of so many parts are kept: more attachments are not listed. */
const SIZES_LIMIT = 1000;

/** Computes the identity of one message from what a walk over it meets. */
export class IdentityDigest implements MimeVisitor {
  private readonly hash = new TextHash();
  private broken: readonly string[] = [];
  /** Of what follows the message's header, until there is a leaf part. */
  private outside: BytesDigest | undefined;
  private leaf: LeafDigest | undefined;
  /** Bytes of each of the first leaf parts after decoding. */
  readonly sizes: number[] = [];

  /**
   * @param onText called with what each text holds, in pieces; its lines end with line feeds
   * @param depth of how many messages it stands within
   */
  constructor(
    private readonly onText?: (text: string) => void,
    private readonly depth = 0,
  ) {}

  onMessageHeader(fields: HeaderFields): void {
    const headers = authorValues(fields);
    const isAuthorless = headers.every((values) => values.length === 0);
    this.broken = [...(isAuthorless ? ownFields(fields) : []), ...strayLines(fields)];
    this.outside = new BytesDigest();
    this.add([VERSION, headers]);
  }

  onLeaf(fields: HeaderFields): void {
    this.endLeaf();
    this.outside = undefined;
    this.leaf = new LeafDigest(fields, this.depth, this.onText);
  }

  onStructure(bytes: Uint8Array): void {
    this.outside?.write(bytes);
  }

  onBody(bytes: Uint8Array): void {
    this.leaf?.write(bytes);
  }

  /** To be called once, at the end. */
  digest(): MessageIdentity {
    this.endLeaf();
    if (this.outside) this.add([this.outside.end()]);
    if (this.broken.length > 0) this.add([this.broken]);
    return this.hash.digest();
  }

  private endLeaf(): void {
    if (!this.leaf) return;
    this.add(this.leaf.end());
    if (this.sizes.length < SIZES_LIMIT) this.sizes.push(this.leaf.size);
    this.leaf = undefined;
  }

  private add(counted: readonly unknown[]): void {
    this.hash.update(JSON.stringify(counted));
  }
}

/** Bodies are decoded piece by piece, which stay in the processor's cache. */
const PIECE_BYTES = 48 * 1024;

class LeafDigest {
  size = 0;
  private readonly mediaType: string;
  private readonly fileName: string;
  private readonly strays: readonly string[];
  private readonly decoder: TransferDecoder;
  private readonly content: ContentDigest;

  constructor(fields: HeaderFields, depth: number, onText?: (text: string) => void) {
    const contentType = fieldOf(fields, 'content-type');
    this.mediaType = mediaTypeOf(fields);
    const disposition = fieldOf(fields, 'content-disposition');
    this.fileName = headerText(parameterOf(disposition, 'filename') ?? parameterOf(contentType, 'name') ?? '');
    this.strays = strayLines(fields);
    this.decoder = transferDecoder(fieldOf(fields, 'content-transfer-encoding'));
    this.content = this.mediaType.startsWith('text/')
      ? new TextDigest(parameterOf(contentType, 'charset'), this.mediaType, onText)
      : otherDigest(this.mediaType, depth);
  }

  write(bytes: Uint8Array): void {
    for (let from = 0; from < bytes.byteLength; from += PIECE_BYTES) {
      this.take(this.decoder.write(bytes.subarray(from, from + PIECE_BYTES)));
    }
  }

  end(): readonly string[] {
    this.take(this.decoder.end());
    return [this.mediaType, this.fileName, this.content.end(), ...this.strays];
  }

  private take(bytes: Uint8Array): void {
    this.size += bytes.byteLength;
    if (bytes.byteLength === 0) return;
    this.content.write(bytes);
  }
}

/** Of a message within the message, whose encodings and boundaries Exchange rewrites, too. */
class NestedDigest implements ContentDigest {
  private readonly digest: IdentityDigest;
  private readonly walker: MimeWalker;

  constructor(depth: number) {
    this.digest = new IdentityDigest(undefined, depth);
    this.walker = new MimeWalker(this.digest);
  }

  write(bytes: Uint8Array): void {
    // A copy: what a decoder gives is good only until a part within it is decoded.
    this.walker.write(Buffer.from(bytes));
  }

  end(): string {
    this.walker.end();
    return this.digest.digest();
  }
}

function otherDigest(mediaType: string, depth: number): ContentDigest {
  return isMessage(mediaType) && depth < NESTED_MESSAGES_LIMIT ? new NestedDigest(depth + 1) : new BytesDigest();
}

function isMessage(mediaType: string): boolean {
  return mediaType === 'message/rfc822' || mediaType === 'message/global';
}

/** What each server on the way adds, and what providers call their own additions. */
const TRACE_FIELD =
  /^(?:received|received-spf|return-path|delivered-to|arc-.*|dkim-signature|authentication-results|x-(?:uidl?|received|original-?.*|ms-.*|microsoft-.*|exchange-.*|forefront-.*|spam.*|virus.*))$/;

/** The fields of a header that names no author, without those of transport. */
function ownFields(fields: HeaderFields): readonly string[] {
  return fields.flatMap(([name, value, whole]) =>
    name === '' || TRACE_FIELD.test(name) ? [] : [`${name}: ${whole ?? value}`],
  );
}

/** Without the line that some programs put before a message when they hand it on (RFC 4155). */
function strayLines(fields: HeaderFields): readonly string[] {
  const strays = fields.filter(([name, line]) => name === '' && !/^>?From /.test(line));
  return strays.map(([, line, whole]) => whole ?? line);
}
