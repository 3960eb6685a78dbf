import type { InboxStore } from '@exact/host-contracts';

const PIECE = 1024 * 1024;
/** Messages above are given out raw only: taking them apart needs several times their size in memory. */
const READABLE_LIMIT = 64 * 1024 * 1024;

/** The raw message in pieces of 1 MiB; ends at once when there is none. */
export async function* rawPieces(inbox: Pick<InboxStore, 'raw'>, id: number): AsyncGenerator<Uint8Array, void> {
  for (let offset = 0; ;) {
    const piece = await inbox.raw(id, offset, PIECE);
    if (piece.byteLength === 0) return;
    yield piece;
    offset += piece.byteLength;
  }
}

/** The whole raw message; `undefined` when there is none or it is larger than {@link READABLE_LIMIT}. */
export async function readRaw(inbox: Pick<InboxStore, 'raw'>, id: number): Promise<Uint8Array | undefined> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of rawPieces(inbox, id)) {
    size += piece.byteLength;
    if (size > READABLE_LIMIT) return undefined;
    pieces.push(piece);
  }
  return size === 0 ? undefined : Buffer.concat(pieces);
}
