import { decodeText } from '../charsets.js';
import { fieldOf, mediaTypeOf, parameterOf, type HeaderFields } from '../mime-header.js';
import { transferDecoder, type TransferDecoder } from '../transfer-decoder.js';
import { mayBeFromMailSystem } from './mail-system.js';

/**
 * What a part of a report is:
 * - `status`: fields for programs (RFC 3464, RFC 6533);
 * - `text`, `html`: words for people;
 * - `returned`: the email that it is about, or its header.
 */
export type ReportPartKind = 'status' | 'text' | 'html' | 'returned';

export interface ReportPart {
  readonly kind: ReportPartKind;
  /** Words decoded; all else as Latin-1. */
  readonly text: string;
}

const KINDS: Readonly<Record<string, ReportPartKind>> = {
  'message/delivery-status': 'status',
  'message/global-delivery-status': 'status',
  'text/plain': 'text',
  'text/html': 'html',
  'message/rfc822': 'returned',
  'message/global': 'returned',
  'message/global-headers': 'returned',
  'text/rfc822-headers': 'returned',
  'message/rfc822-headers': 'returned',
};

/** Of one part; a report says all of it at its beginning. */
const PART_BYTES = 64 * 1024;
const MOST_PARTS = 20;

/** Collects from a walk over a message what may tell of deliveries; of mail between people it keeps nothing. */
export class ReportParts {
  private readonly parts: PartReader[] = [];
  private current: PartReader | undefined;
  private mayReport = false;

  onMessageHeader(fields: HeaderFields): void {
    this.mayReport = mayBeFromMailSystem(fields);
  }

  onLeaf(fields: HeaderFields): void {
    const kind = KINDS[mediaTypeOf(fields)];
    this.mayReport ||= kind === 'status';
    this.current = undefined;
    if (kind === undefined || !this.mayReport || this.parts.length === MOST_PARTS) return;
    this.current = new PartReader(kind, fields);
    this.parts.push(this.current);
  }

  onBody(bytes: Uint8Array): void {
    this.current?.write(bytes);
  }

  read(): readonly ReportPart[] {
    return this.parts.map((part) => part.read());
  }
}

class PartReader {
  private readonly decoder: TransferDecoder;
  private readonly pieces: Uint8Array[] = [];
  private length = 0;

  constructor(
    private readonly kind: ReportPartKind,
    private readonly fields: HeaderFields,
  ) {
    this.decoder = transferDecoder(fieldOf(fields, 'content-transfer-encoding'));
  }

  write(bytes: Uint8Array): void {
    const room = PART_BYTES - this.length;
    if (room <= 0) return;
    const piece = Buffer.from(this.decoder.write(bytes.subarray(0, 2 * room)).subarray(0, room));
    this.pieces.push(piece);
    this.length += piece.byteLength;
  }

  read(): ReportPart {
    const { kind } = this;
    const bytes = Buffer.concat([...this.pieces, this.decoder.end()]);
    const isWords = kind === 'text' || kind === 'html';
    const charset = parameterOf(fieldOf(this.fields, 'content-type'), 'charset');
    return { kind, text: isWords ? decodeText(charset, bytes) : bytes.toString('latin1') };
  }
}
