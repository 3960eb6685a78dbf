import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import { startDecoy, type Decoy } from './decoy.js';

/** What is on the line at once. Bytes. */
const PIECE = 8 * 1024;

/** Hands all on to a server, and what comes back no faster than the line. */
export async function startSlowLine(
  server: { readonly host: string; readonly port: number },
  bytesPerSecond: number,
): Promise<Decoy> {
  async function* slowly(chunks: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
    for await (const chunk of chunks) {
      for (let from = 0; from < chunk.byteLength; from += PIECE) {
        const piece = chunk.subarray(from, from + PIECE);
        await setTimeout((piece.byteLength * 1000) / bytesPerSecond);
        yield piece;
      }
    }
  }
  const upstreams = new Set<Socket>();
  const decoy = await startDecoy(
    createServer((client) => {
      const upstream = connect(server.port, server.host);
      upstreams.add(upstream);
      upstream.once('close', () => upstreams.delete(upstream));
      // Either side may break off.
      pipeline(client, upstream).catch(() => client.destroy());
      pipeline(upstream, slowly, client).catch(() => upstream.destroy());
    }),
  );
  return {
    port: decoy.port,
    [Symbol.asyncDispose]: async () => {
      await decoy[Symbol.asyncDispose]();
      await Promise.all([...upstreams].map((upstream) => once(upstream.destroy(), 'close')));
    },
  };
}
