import { parentPort } from 'node:worker_threads';
import { MessageReader } from './message-reader.js';
import type { ReadingReply, ReadingRequest } from './reading-protocol.js';

/** Messages that are being read. */
const readers = new Map<number, MessageReader>();

function reply(answer: ReadingReply): void {
  parentPort?.postMessage(answer);
}

parentPort?.on('message', ({ message, chunk, isLast }: ReadingRequest) => {
  const reader = readers.get(message) ?? new MessageReader();
  reader.write(chunk);
  if (!isLast) {
    readers.set(message, reader);
    reply({ message, isTaken: true });
    return;
  }
  readers.delete(message);
  void reader.end().then((reading) => {
    reply({ message, reading });
  });
});
