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

/** A few at a time: what waits for long outlives a collection of the young generation, which is dear. */
const REPLIES_TOGETHER = 8;

async function answer(requests: ReadingRequests): Promise<void> {
  for (let from = 0; from < requests.length; from += REPLIES_TOGETHER) {
    const replies: ReadingReply[] = [];
    for (const request of requests.slice(from, from + REPLIES_TOGETHER)) replies.push(await read(request));
    parentPort?.postMessage(replies);
  }
}

let turn: Promise<unknown> = Promise.resolve();

parentPort?.on('message', (requests: ReadingRequests) => {
  turn = turn.then(() => answer(requests));
});
