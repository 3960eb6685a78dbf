import { copyBytes } from '../message-memory.js';
import { rowOf, type ListedRow } from './fetch-row.js';

/** A longer line is none that the tap reads itself. */
const HELD_LIMIT = 1024;
/** Behind a literal that the tap took: `)` and perhaps some items more. */
const TAIL_LIMIT = 64 * 1024;
/** As long as a line end with the mark of a literal can be. */
const MARK_BYTES = 64;

const LF = 0x0a;
const NOTHING = Buffer.alloc(0);
const BODY = /^\* \d+ FETCH \((?:FLAGS \([^()]*\) )?UID (\d+) BODY\[\](?:<\d+>)? \{(\d+)\}\r?\n$/i;
const LITERAL = /\{(\d+)\}\r?\n$/;

/** Who takes bodies out of the answers. */
export interface BodyTaker {
  /** Where the body of that message goes, `size` bytes (never 0); `undefined`: nobody asked for it. */
  roomFor(uid: number, size: number): Uint8Array | undefined;
}

/**
 * Stands between the wire and imapflow. It reads the two answers that come by the ten thousands, rows of a list and bodies of
 * messages, in the shape that servers give them, and takes them out: imapflow sees all else, every other shape of the same
 * answers included, and each command's end. So imapflow stays the client, and its limits hold for what it sees.
 */
export class FetchTap {
  /** Bytes that imapflow has not seen. */
  taken = 0;
  onRow: ((row: ListedRow) => void) | undefined;
  readonly takers = new Set<BodyTaker>();

  private state: 'line' | 'passing' | 'literal' | 'body' | 'tail' | 'tail-literal' = 'line';
  /** The beginning of a line, until it is known whose it is. */
  private held = NOTHING;
  /** The last bytes of a line that is passed on or thrown away. */
  private mark = '';
  /** Bytes that are still to come of a literal. */
  private left = 0;
  private room: Uint8Array = NOTHING;
  private tailBytes = 0;

  /**
   * @param pass takes what is imapflow's, in order
   * @throws RangeError when a server never ends an answer
   */
  take(chunk: Buffer, pass: (bytes: Buffer) => void): void {
    let from = 0;
    // What goes through unread is handed on in one piece.
    let unread = 0;
    while (from < chunk.byteLength) {
      switch (this.state) {
        case 'line': {
          const end = lineEnd(chunk, from);
          const before = from;
          from = end;
          if (!this.takeLine(chunk.subarray(before, end), pass)) break;
          if (before > unread) pass(chunk.subarray(unread, before));
          unread = end;
          break;
        }
        case 'passing': {
          const end = lineEnd(chunk, from);
          this.follow(chunk.subarray(from, end), 'literal', 'line');
          from = end;
          break;
        }
        case 'literal':
          from += this.count(chunk.byteLength - from, 'passing');
          break;
        default:
          from = this.takeAway(chunk, from);
          unread = from;
      }
    }
    if (chunk.byteLength > unread) pass(chunk.subarray(unread));
  }

  /** Whether the bytes must not go to imapflow as they stand in the chunk. */
  private takeLine(bytes: Buffer, pass: (bytes: Buffer) => void): boolean {
    const wasHeld = this.held.byteLength > 0;
    const line = wasHeld ? Buffer.concat([this.held, bytes]) : bytes;
    const isWhole = line.at(-1) === LF;
    if (!isWhole && line.byteLength <= HELD_LIMIT) {
      this.held = Buffer.from(line);
      return true;
    }
    this.held = NOTHING;
    if (isWhole && line.byteLength <= HELD_LIMIT && this.isTaken(line)) {
      this.taken += line.byteLength;
      return true;
    }
    this.follow(line, 'literal', 'line');
    if (wasHeld) pass(line);
    return wasHeld;
  }

  private isTaken(line: Buffer): boolean {
    if (this.takers.size === 0 && !this.onRow) return false;
    const text = line.toString('latin1');
    if (this.onRow) {
      const row = rowOf(text);
      if (row) {
        this.onRow(row);
        return true;
      }
    }
    const [, uid, size] = (this.takers.size > 0 && BODY.exec(text)) || [];
    const room = size === undefined || Number(size) === 0 ? undefined : this.roomFor(Number(uid), Number(size));
    if (!room) return false;
    this.state = 'body';
    this.room = room;
    this.left = room.byteLength;
    return true;
  }

  private roomFor(uid: number, size: number): Uint8Array | undefined {
    for (const taker of this.takers) {
      const room = taker.roomFor(uid, size);
      if (room) return room;
    }
    return undefined;
  }

  /** Body, or what stands behind it until the answer ends. Returns where to go on. */
  private takeAway(chunk: Buffer, from: number): number {
    const before = from;
    if (this.state === 'tail') {
      const end = lineEnd(chunk, from);
      this.tailBytes += end - from;
      this.follow(chunk.subarray(from, end), 'tail-literal', 'line');
      from = end;
    } else {
      const at = this.room.byteLength - this.left;
      const isBody = this.state === 'body';
      const count = this.count(chunk.byteLength - from, 'tail');
      if (isBody) copyBytes(count < chunk.byteLength ? chunk.subarray(from, from + count) : chunk, this.room, at);
      else this.tailBytes += count;
      from += count;
    }
    if (this.state === 'line') this.tailBytes = 0;
    if (this.tailBytes > TAIL_LIMIT) throw new RangeError('The server does not end its answer');
    this.taken += from - before;
    return from;
  }

  /** Counts bytes of a literal down. */
  private count(bytes: number, then: 'passing' | 'tail'): number {
    const count = Math.min(bytes, this.left);
    this.left -= count;
    if (this.left === 0) this.state = then;
    return count;
  }

  /** Bytes of a line: what comes next depends on its end. */
  private follow(bytes: Buffer, literal: 'literal' | 'tail-literal', next: 'line'): void {
    const isTail = literal === 'tail-literal';
    this.mark = (this.mark + bytes.subarray(-MARK_BYTES).toString('latin1')).slice(-MARK_BYTES);
    if (bytes.at(-1) !== LF) {
      this.state = isTail ? 'tail' : 'passing';
      return;
    }
    const size = Number(LITERAL.exec(this.mark)?.[1] ?? -1);
    this.mark = '';
    this.left = size;
    if (size > 0) this.state = literal;
    else if (size === 0) this.state = isTail ? 'tail' : 'passing';
    else this.state = next;
  }
}

function lineEnd(chunk: Buffer, from: number): number {
  return chunk.indexOf(LF, from) + 1 || chunk.byteLength;
}
