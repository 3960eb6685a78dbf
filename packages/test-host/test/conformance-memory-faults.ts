import { type Fault, faulty } from './conformance-faults.js';

const KEEPS_SHARED_MEMORY: Fault['plant'] = faulty('inbox', (real) => {
  let kept: Uint8Array | undefined;
  return {
    receive: (batch) => {
      const { raw } = batch.messages[0] ?? {};
      if (raw && 'bytes' in raw && raw.bytes.buffer instanceof SharedArrayBuffer) kept = raw.bytes;
      return real.receive(batch);
    },
    raw: (id, offset, length) =>
      kept ? Promise.resolve(kept.slice(offset, offset + length)) : real.raw(id, offset, length),
  };
});

const READS_TEXTS_LATE: Fault['plant'] = faulty('inbox', (real) => {
  let kept: Uint8Array | undefined;
  return {
    receive: (batch) => {
      kept = batch.messages[0]?.texts.text;
      return real.receive(batch);
    },
    read: async (id) => {
      const message = await real.read(id);
      return message && kept
        ? { ...message, index: { ...message.index, text: Buffer.from(kept).toString() } }
        : message;
    },
  };
});

/** Of stores that use the memory of a batch when it is somebody else's again. */
export const MEMORY_FAULTS: readonly Fault[] = [
  {
    fault: 'keeps memory that others use again',
    plant: KEEPS_SHARED_MEMORY,
    breaks: 'a raw message may lie in shared memory, which others use again afterwards',
  },
  {
    fault: 'reads texts when somebody asks for them',
    plant: READS_TEXTS_LATE,
    breaks: 'the texts of a message may lie in shared memory, which others use again afterwards',
  },
];
