import type { FetchedMessage, UnfetchableMessage } from '../mailbox.js';
import type { LentBytes } from '../message-memory.js';
import { GROUP_MESSAGES, type Listed } from './message-groups.js';

/** Connections beside the mailbox's own: Exchange Online takes many more from one mailbox, and these hide the distance. */
const OTHER_LANES = 3;
/** A download of fewer groups is over before another connection is open. */
const FEW_GROUPS = 10;

/** Messages that are asked for together. */
export interface GroupUnderWay {
  readonly group: readonly Listed[];
  readonly bodies: Promise<ReadonlyMap<number, LentBytes>>;
  /** It is one large message, which comes in pieces: its first is its body, and this the next; `undefined` behind its end. */
  readonly second?: Promise<LentBytes | undefined>;
}

/** A connection that fetches, one group after the other. */
export interface Lane {
  /** Asks for a group. Never throws: what fails is told by `fetchGroup`. */
  beginGroup(group: readonly Listed[]): GroupUnderWay;
  /** What was asked for, in order. Throws a `FailureError` when the connection fails. */
  fetchGroup(underWay: GroupUnderWay): AsyncIterable<FetchedMessage | UnfetchableMessage>;
}

/** A further connection, which goes with the download. */
export type OtherLane = Lane & AsyncDisposable;

/**
 * The connections of one download. Groups are fetched in their order, each connection with one group ahead, so that the
 * servers read while this side does. A long download opens further connections; one that does not open is done without,
 * since the first fetches everything alone. Disposing closes all but the mailbox's own.
 */
export class DownloadLanes implements AsyncDisposable {
  private readonly open: Lane[];
  private others: readonly Promise<OtherLane | undefined>[] = [];

  constructor(
    private readonly own: Lane,
    private readonly openOther: () => Promise<OtherLane>,
  ) {
    this.open = [own];
  }

  /** So many messages may come: where those are many, the further connections open while they are listed. */
  expect(messages: number): void {
    if (messages > FEW_GROUPS * GROUP_MESSAGES) this.openOthers();
  }

  /** To be called once. */
  async *fetch(groups: readonly (readonly Listed[])[]): AsyncIterable<FetchedMessage | UnfetchableMessage> {
    if (groups.length > FEW_GROUPS) this.openOthers();
    const underWay: { readonly lane: Lane; readonly asked: GroupUnderWay }[] = [];
    let begun = 0;
    for (const [index] of groups.entries()) {
      for (; begun < Math.min(groups.length, index + this.open.length + 1); begun += 1) {
        const lane = this.open[begun % this.open.length] ?? this.own;
        underWay.push({ lane, asked: lane.beginGroup(groups[begun] ?? []) });
      }
      const current = underWay.shift();
      if (current) yield* current.lane.fetchGroup(current.asked);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(
      this.others.map(async (other) => {
        await (await other)?.[Symbol.asyncDispose]();
      }),
    );
  }

  private openOthers(): void {
    if (this.others.length > 0) return;
    this.others = Array.from({ length: OTHER_LANES }, async () => {
      const lane = await this.openOther().catch(() => undefined);
      if (lane) this.open.push(lane);
      return lane;
    });
  }
}
