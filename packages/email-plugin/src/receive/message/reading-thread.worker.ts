import { parentPort } from 'node:worker_threads';
import { MessageReader } from './message-reader.js';
import { pack, type ReadingReply, type ReadingRequest, type ReadingRequests } from './reading-protocol.js';

/** Messages that are being read. */
const readers = new Map<number, MessageReader>();

async function read({ message, chunk, isLast }: ReadingRequest): Promise<ReadingReply> {
  const reader = readers.get(message) ?? new MessageReader();
  reader.write(chunk);
  if (!isLast) {
    readers.set(message, reader);
    return { message, isTaken: true };
  }
  readers.delete(message);
  return { message, reading: pack(await reader.end()) };
}

parentPort?.on('message', (requests: ReadingRequests) => {
  // A message is read in its turn, its index is ready a little later.
  void Promise.all(requests.map(read)).then((replies) => {
    const buffers = replies.flatMap((reply) => ('reading' in reply ? [reply.reading.buffer] : []));
    parentPort?.postMessage(replies, buffers);
  });
});
