import type { Download } from '@exact/host-contracts';

/** What the server lists of the messages that are to be fetched. `bytes` by its own sizes: an estimate. */
export interface Listing {
  readonly messages: number;
  readonly bytes: number;
}

/**
 * Counts what is done of a download and what is to come. What is done is real; what is to come is as the server lists it,
 * corrected by how wrong its sizes were so far, so that never more is done than there is.
 */
export class DownloadCount {
  private messagesDone: number;
  private bytesDone: number;
  private messagesLeft = 0;
  /** By the server's sizes. */
  private listedLeft = 0;
  private listedDone = 0;
  private realDone = 0;
  private isLongSoFar: boolean;

  /**
   * @param before what was done of it before this pass, e.g. before a restart
   * @param few what is over before anybody looks
   */
  constructor(
    before: Download | undefined,
    private readonly few: Listing,
  ) {
    this.isLongSoFar = before !== undefined;
    this.messagesDone = before?.messagesDone ?? 0;
    this.bytesDone = before?.bytesDone ?? 0;
  }

  begin({ messages, bytes }: Listing): void {
    this.messagesLeft = messages;
    this.listedLeft = bytes;
    this.isLongSoFar ||= messages > this.few.messages || bytes > this.few.bytes;
  }

  /** A message is done: `bytes` of it, where the server had said `listed`. */
  add(bytes: number, listed: number): void {
    this.messagesDone += 1;
    this.bytesDone += bytes;
    this.realDone += bytes;
    this.listedDone += listed;
    this.messagesLeft = Math.max(0, this.messagesLeft - 1);
    this.listedLeft = Math.max(0, this.listedLeft - listed);
  }

  /** Worth to be shown, and to be paused: to its end, however little is left. */
  get isLong(): boolean {
    return this.isLongSoFar;
  }

  now(): Download {
    const { messagesDone, bytesDone } = this;
    const correction = this.realDone > 0 && this.listedDone > 0 ? this.realDone / this.listedDone : 1;
    return {
      messagesDone,
      bytesDone,
      messagesTotal: messagesDone + this.messagesLeft,
      bytesTotal: bytesDone + Math.round(this.listedLeft * correction),
      paused: false,
    };
  }
}
