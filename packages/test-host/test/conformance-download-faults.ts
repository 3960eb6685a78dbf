import type { ReceiveBatch } from '@exact/host-contracts';
import { type Fault, faulty } from './conformance-faults.js';

/** What an inbox store can do wrong with the figures of a download. */
export const DOWNLOAD_FAULTS: readonly Fault[] = [
  {
    fault: 'keeps a download that has ended',
    plant: faulty('inbox', (real) => {
      let last: ReceiveBatch['download'];
      return {
        receive: (batch) => {
          last = batch.download ?? last;
          return real.receive({ ...batch, ...(last && { download: last }) });
        },
      };
    }),
    breaks: 'how far a download is stands with its last batch, and with none when one says nothing of it',
  },
  {
    fault: 'leaves out a batch without a message',
    plant: faulty('inbox', (real) => ({
      receive: async (batch) =>
        batch.messages.length + batch.setAside.length + (batch.gone?.length ?? 0) > 0
          ? real.receive(batch)
          : { kind: 'stored', added: 0, known: 0 },
    })),
    breaks: 'a download is paused by a batch without a message, which moves no cursor',
  },
  {
    fault: 'takes the figures of a batch that it refuses',
    plant: faulty('inbox', (real) => {
      const last = new Map<string, ReceiveBatch['download']>();
      return {
        receive: (batch) => {
          last.set(batch.account, batch.download);
          return real.receive(batch);
        },
        download: (account) => Promise.resolve(last.get(account)),
      };
    }),
    breaks: 'a batch whose cursor is stale is refused and leaves nothing behind',
  },
];
