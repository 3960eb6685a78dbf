/** Messages that are fetched together fit into one, and so does a piece of a large message. Bytes. */
const SLAB_BYTES = 4 * 1024 * 1024;

/** Bytes in memory that is used again once they are released. */
export interface LentBytes {
  readonly bytes: Uint8Array;
  /** To be called once, when nobody needs the bytes any more. */
  release(): void;
}

/**
 * Memory that messages stand in from the wire until they are stored, used again and again: threads share it, so nothing is
 * copied between them, and no garbage is left that grows faster than it is collected.
 */
export class MessageMemory {
  private readonly idle: Slab[] = [];
  private current: Slab | undefined;

  lend(size: number): LentBytes {
    // Larger than anybody asked for: the server's word about its size was wrong.
    if (size > SLAB_BYTES) return ownBytes(new Uint8Array(new SharedArrayBuffer(size)));
    const slab = this.current?.fits(size) === true ? this.current : this.another();
    this.current = slab;
    return {
      bytes: slab.take(size),
      release: () => {
        slab.giveBack();
        if (slab.isUnused && slab !== this.current) this.idle.push(slab);
      },
    };
  }

  /** Lets go of what nobody uses. */
  shrink(): void {
    this.idle.length = 0;
    this.current = undefined;
  }

  private another(): Slab {
    const slab = this.current?.isUnused === true ? this.current : (this.idle.pop() ?? new Slab());
    slab.clear();
    return slab;
  }
}

/** Bytes that are nobody's but the reader's. */
export function ownBytes(bytes: Uint8Array): LentBytes {
  return {
    bytes,
    release: () => {
      // The garbage collector has them.
    },
  };
}

/**
 * Copies bytes into other memory, to `at`. Where threads share one of the two, `set` goes byte by byte unless both happen to
 * lie alike, which takes ten times as long; so does Node's `copy` of all that a view shows, not of a part.
 */
export function copyBytes(from: Buffer, into: Uint8Array, at: number): void {
  const last = from.byteLength - 1;
  if (last < 0) return;
  from.copy(into, at, 0, last);
  into[at + last] = from[last] ?? 0;
}

class Slab {
  private readonly memory = new Uint8Array(new SharedArrayBuffer(SLAB_BYTES));
  private used = 0;
  private lent = 0;

  get isUnused(): boolean {
    return this.lent === 0;
  }

  fits(size: number): boolean {
    return this.used + size <= SLAB_BYTES;
  }

  take(size: number): Uint8Array {
    const bytes = this.memory.subarray(this.used, this.used + size);
    this.used += size;
    this.lent += 1;
    return bytes;
  }

  giveBack(): void {
    this.lent -= 1;
  }

  clear(): void {
    this.used = 0;
  }
}
