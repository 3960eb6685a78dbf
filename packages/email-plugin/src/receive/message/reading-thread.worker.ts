import { parentPort } from 'node:worker_threads';
import { MessageReader } from './message-reader.js';
import type { ReadingReply, ReadingRequest } from './reading-protocol.js';

/** Messages that are being read. */
const readers = new Map<number, MessageReader>();

function reply(answer: ReadingReply): void {
  parentPort?.postMessage(answer);
}

parentPort?.on('message', (request: ReadingRequest) => {
  const { message } = request;
  const reader = readers.get(message) ?? new MessageReader();
  if ('chunk' in request) {
    readers.set(message, reader);
    reader.write(request.chunk);
    reply({ message, isTaken: true });
  } else {
    readers.delete(message);
    void reader.end().then((reading) => {
      reply({ message, reading });
    });
  }
});
