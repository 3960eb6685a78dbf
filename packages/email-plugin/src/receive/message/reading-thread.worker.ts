import { parentPort } from 'node:worker_threads';
import { MessageReader } from './message-reader.js';
import { toReadMessage, type ReadingReply, type ReadingRequest, type ReadingRequests } from './reading-protocol.js';

/** Messages that are being read. */
const readers = new Map<number, MessageReader>();

async function read({ message, chunk, room }: ReadingRequest): Promise<ReadingReply> {
  const reader = readers.get(message) ?? new MessageReader();
  reader.write(chunk);
  if (!room) {
    readers.set(message, reader);
    return { message };
  }
  readers.delete(message);
  return { message, read: toReadMessage(await reader.end(), room) };
}

/**
 * A message is read while the index of the one before is made, and not earlier: what is being read outlives a collection of
 * the young generation, which is dear.
 */
async function readInTurn(requests: ReadingRequests): Promise<readonly ReadingReply[]> {
  const replies: Promise<ReadingReply>[] = [];
  for (const request of requests) {
    replies.push(read(request));
    await replies.at(-2);
  }
  return Promise.all(replies);
}

let turn: Promise<unknown> = Promise.resolve();

parentPort?.on('message', (requests: ReadingRequests) => {
  turn = turn.then(async () => {
    parentPort?.postMessage(await readInTurn(requests));
  });
});
