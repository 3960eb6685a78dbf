import type { MessageIdentity, MessageIndex } from '@exact/host-contracts';
import { automaticKind } from './automatic-kind.js';
import { IdentityDigest } from './message-identity.js';
import { indexMessage } from './message-index.js';
import { MessageSkeleton } from './message-skeleton.js';
import type { HeaderFields } from './mime-header.js';
import { MimeWalker } from './mime-walker.js';
import { ReportParts } from './report/report-parts.js';

/** Kept: even a loaded module is looked for by Node’s loader each time that it is imported. */
let reportReader: Promise<typeof import('./report/delivery-report.js')> | undefined;

/** What there is to know of a message besides its bytes. */
export interface MessageReading {
  readonly identity: MessageIdentity;
  readonly index: MessageIndex;
  readonly header: HeaderFields;
}

/** Reads one message from its bytes in order, in flat memory and one walk. Never throws, however broken the message. */
export class MessageReader {
  private readonly skeleton = new MessageSkeleton();
  private readonly digest = new IdentityDigest((text) => {
    this.skeleton.onText(text);
  });
  private readonly report = new ReportParts();
  private header: HeaderFields = [];
  private readonly walker = new MimeWalker({
    onMessageHeader: (fields) => {
      this.header = fields;
      this.digest.onMessageHeader(fields);
      this.report.onMessageHeader(fields);
    },
    onMultipart: (fields) => {
      this.skeleton.onMultipart(fields);
    },
    onBoundary: (level, isClosing) => {
      this.skeleton.onBoundary(level, isClosing);
    },
    onLeaf: (fields) => {
      this.digest.onLeaf(fields);
      this.skeleton.onLeaf(fields);
      this.report.onLeaf(fields);
    },
    onBody: (bytes) => {
      this.digest.onBody(bytes);
      this.skeleton.onBody(bytes);
      this.report.onBody(bytes);
    },
    onStructure: (bytes) => {
      this.digest.onStructure(bytes);
    },
  });

  write(chunk: Uint8Array): void {
    this.walker.write(chunk);
  }

  /** To be called once, when the message is over. */
  async end(): Promise<MessageReading> {
    this.walker.end();
    const identity = this.digest.digest();
    const index = await indexMessage(this.header, this.skeleton, this.digest.sizes);
    return { identity, index: { ...index, ...(await this.origin()) }, header: this.header };
  }

  /** What the index says of a message that a program wrote. What reads reports is not loaded before there is one. */
  private async origin(): Promise<Pick<MessageIndex, 'automatic' | 'deliveryReport'>> {
    const automatic = automaticKind(this.header);
    const parts = this.report.read();
    if (parts.length === 0) return automatic ? { automatic } : {};
    const { readDeliveryReport } = await (reportReader ??= import('./report/delivery-report.js'));
    const deliveryReport = readDeliveryReport(this.header, parts);
    if (deliveryReport) return { automatic: 'delivery-report', deliveryReport };
    return automatic ? { automatic } : {};
  }
}
