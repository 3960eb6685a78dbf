import { ownBytes, type LentBytes, type MessageMemory } from '../message-memory.js';
import type { BodyTaker } from './fetch-tap.js';

const MIB = 1024 * 1024;
/** A body is asked for as one of 4 MiB by the server's own word, which can be wrong by a factor of three. */
const BODY_LIMIT = 64 * MIB;
/** Bodies are asked for together up to 4 MiB by the same word. */
const TOGETHER_LIMIT = 96 * MIB;

/** Bodies that one command asks for. */
export class ExpectedBodies implements BodyTaker {
  /** Those that have come, by UID; none that is empty. */
  readonly come = new Map<number, LentBytes>();
  private readonly awaited: Set<number>;
  private bytes = 0;

  constructor(
    readonly uids: readonly number[],
    private readonly memory: MessageMemory,
  ) {
    this.awaited = new Set(uids);
  }

  /** @throws RangeError when it is more than anybody asked for */
  roomFor(uid: number, size: number): Uint8Array | undefined {
    if (!this.awaited.has(uid)) return undefined;
    this.count(size);
    const body = this.memory.lend(size);
    this.awaited.delete(uid);
    this.come.set(uid, body);
    return body.bytes;
  }

  /** A body that came in another shape, through imapflow. */
  add(uid: number, bytes: Uint8Array): void {
    if (bytes.byteLength === 0 || !this.awaited.delete(uid)) return;
    this.count(bytes.byteLength);
    this.come.set(uid, ownBytes(bytes));
  }

  private count(size: number): void {
    this.bytes += size;
    if (size > BODY_LIMIT || this.bytes > TOGETHER_LIMIT)
      throw new RangeError('The server sends more than was asked for');
  }
}
