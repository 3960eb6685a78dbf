import { type InboxStore, isSameCursor, type ReceiveBatch, type ReceivedMessage } from '@exact/host-contracts';
import { inboxStore } from '@exact/host-contracts/conformance';
import { describe } from '@jest/globals';
import { DOWNLOAD_FAULTS } from './conformance-download-faults.js';
import { type Fault, faulty, testFaults } from './conformance-faults.js';
import { MEMORY_FAULTS } from './conformance-memory-faults.js';

/** Batches reach the store changed. */
function receiving(change: (batch: ReceiveBatch) => ReceiveBatch): Fault['plant'] {
  return faulty('inbox', (real) => ({ receive: (batch) => real.receive(change(batch)) }));
}

function messages(change: (message: ReceivedMessage) => ReceivedMessage): Fault['plant'] {
  return receiving((batch) => ({ ...batch, messages: batch.messages.map(change) }));
}

function messageKey({ index, identity }: ReceivedMessage): string {
  return index.messageId ?? identity;
}

const CHECKS_BEFORE_IT_WRITES: Fault['plant'] = faulty('inbox', (real) => ({
  receive: async (batch) => {
    const cursor = await real.cursor(batch.account, batch.mailbox);
    if (!isSameCursor(cursor, batch.expected)) return { kind: 'refused', reason: 'stale-cursor', cursor };
    let outcome = await real.receive(batch);
    while (outcome.kind === 'refused' && outcome.reason === 'stale-cursor') {
      outcome = await real.receive({ ...batch, expected: outcome.cursor });
    }
    return outcome;
  },
}));

const KEEPS_HALF_OF_A_REFUSED_BATCH: Fault['plant'] = faulty('inbox', (real) => ({
  receive: async (batch) => {
    const outcome = await real.receive(batch);
    if (outcome.kind === 'stored' || outcome.reason !== 'stale-cursor' || !outcome.cursor) return outcome;
    await real.receive({ ...batch, messages: [], expected: outcome.cursor, next: outcome.cursor });
    return outcome;
  },
}));

const STORES_WHAT_IT_CAN: Fault['plant'] = faulty('inbox', (real) => ({
  receive: (batch) =>
    real.receive(batch).catch(async (error: unknown) => {
      await real.receive({ ...batch, messages: batch.messages.filter(({ raw }) => 'bytes' in raw) });
      throw error;
    }),
}));

const FORGETS_THE_DELETED: Fault['plant'] = faulty('inbox', (real) => ({
  receive: async (batch) => {
    const { total } = await real.list({ folder: 'deleted', offset: 0, limit: 1 });
    const forget = (message: ReceivedMessage) => ({ ...message, identity: message.identity.replace('0', 'f') });
    return real.receive(total === 0 ? batch : { ...batch, messages: batch.messages.map(forget) });
  },
}));

const TELLS_TOO_EARLY: Fault['plant'] = faulty('inbox', (real) => {
  let tell: Parameters<InboxStore['onDidChange']>[0] = () => undefined;
  return {
    onDidChange: (listener) => {
      tell = listener;
      return { dispose: () => undefined };
    },
    receive: (batch) => {
      tell();
      return real.receive(batch);
    },
  };
});

const KEEPS_STAGES: Fault['plant'] = faulty('inbox', (real) => {
  const staged: { readonly chunk: Uint8Array; readonly fence: number }[] = [];
  return {
    stage: async (stage, chunk, fence) => {
      for (const old of staged.filter((each) => each.fence < fence)) await real.stage(stage, old.chunk, fence);
      staged.push({ chunk, fence });
      return real.stage(stage, chunk, fence);
    },
  };
});

const REPORTS_SET_ASIDE_FOR_EVER: Fault['plant'] = faulty('inbox', (real) => {
  const reported: ReceiveBatch[] = [];
  return {
    receive: async (batch) => {
      const outcome = await real.receive(batch);
      if (outcome.kind === 'stored') reported.push(batch);
      return outcome;
    },
    setAside: (account) => {
      const own = reported.filter((batch) => batch.account === account);
      const gone = own.flatMap((batch) => batch.gone ?? []);
      return Promise.resolve(own.flatMap(({ setAside }) => setAside).filter(({ uid }) => !gone.includes(uid)));
    },
  };
});

const FAULTS: readonly Fault[] = [
  {
    fault: 'counts up to the first message of a batch only',
    plant: receiving((batch) => {
      const [first] = batch.messages;
      return { ...batch, next: { ...batch.next, lastUid: first?.uid ?? batch.next.lastUid } };
    }),
    breaks: 'a batch is stored together with its cursor',
  },
  {
    fault: 'accepts a stale cursor',
    plant: faulty('inbox', (real) => ({
      receive: async (batch) => real.receive({ ...batch, expected: await real.cursor(batch.account, batch.mailbox) }),
    })),
    breaks: 'a batch whose cursor is stale is refused and leaves nothing behind',
  },
  {
    fault: 'keeps half of a batch that it refuses',
    plant: KEEPS_HALF_OF_A_REFUSED_BATCH,
    breaks: 'a batch whose cursor is stale is refused and leaves nothing behind',
  },
  {
    fault: 'accepts a stale fence',
    plant: faulty('inbox', (real, { latestFence }) => ({
      receive: (batch) => real.receive({ ...batch, fence: latestFence() }),
    })),
    breaks: 'a batch whose fence is stale is refused and leaves nothing behind',
  },
  {
    fault: 'compares the cursor before the transaction instead of in it',
    plant: CHECKS_BEFORE_IT_WRITES,
    breaks: 'of writers that begin from the same cursor exactly one is let through',
  },
  {
    fault: 'stores what it can of a batch',
    plant: STORES_WHAT_IT_CAN,
    breaks: 'a batch of which one message can’t be stored is not stored at all',
  },
  {
    fault: 'loses what goes beyond a hundred messages',
    plant: receiving((batch) => ({ ...batch, messages: batch.messages.slice(0, 100) })),
    breaks: 'a batch of 500 messages is taken whole',
  },
  {
    fault: 'knows messages per account only',
    plant: receiving(({ account, ...batch }) => ({
      ...batch,
      account,
      messages: batch.messages.map((message) => ({ ...message, identity: message.identity + account })),
    })),
    breaks: 'a message that is known by its identity is not stored again, from whatever account it comes',
  },
  {
    fault: 'does not compare the messages of a batch with each other',
    plant: receiving((batch) => ({
      ...batch,
      messages: batch.messages.map((message, position) =>
        position === 0 ? message : { ...message, identity: `${message.identity}-${position}` },
      ),
    })),
    breaks: 'a message that is twice in one batch is stored once',
  },
  {
    fault: 'forgets the identity of what was deleted',
    plant: FORGETS_THE_DELETED,
    breaks: 'a message that staff deleted leaves its identity behind and does not come back',
  },
  {
    fault: 'keeps one message of each Message-ID in a batch',
    plant: receiving((batch) => ({
      ...batch,
      messages: [...new Map(batch.messages.map((message) => [messageKey(message), message])).values()],
    })),
    breaks: 'two messages of one Message-ID are both kept',
  },
  {
    fault: 'tells its listeners before the mail is stored',
    plant: TELLS_TOO_EARLY,
    breaks: 'a listener is told of new mail after it is stored',
  },
  {
    fault: 'tells nobody of new mail',
    plant: faulty('inbox', () => ({ onDidChange: () => ({ dispose: () => undefined }) })),
    breaks: 'a listener is told of new mail after it is stored',
  },
  {
    fault: 'loses zero bytes',
    plant: messages((message) => ({
      ...message,
      raw: 'bytes' in message.raw ? { bytes: message.raw.bytes.filter((byte) => byte !== 0) } : message.raw,
    })),
    breaks: 'a raw message comes back byte for byte',
  },
  {
    fault: 'begins anew behind the end of a raw message',
    plant: faulty('inbox', (real) => ({
      raw: async (id, offset, length) => {
        const piece = await real.raw(id, offset, length);
        return piece.length === 0 ? real.raw(id, 0, length) : piece;
      },
    })),
    breaks: 'a raw message is read in pieces, shorter at its end and empty behind it',
  },
  {
    fault: 'loses the last byte of a large chunk',
    plant: faulty('inbox', (real) => ({
      stage: (stage, chunk, fence) => real.stage(stage, chunk.length > 1024 ? chunk.subarray(0, -1) : chunk, fence),
    })),
    breaks: 'a large raw message, staged in chunks of any size up to 4 MiB, comes back byte for byte',
  },
  {
    fault: 'has one stage for all',
    plant: faulty('inbox', (real) => ({ stage: (_stage, chunk, fence) => real.stage('large', chunk, fence) })),
    breaks: 'two stages at once do not mix',
  },
  {
    fault: 'stages under a stale fence',
    plant: faulty('inbox', (real, { latestFence }) => ({
      stage: (stage, chunk) => real.stage(stage, chunk, latestFence()),
    })),
    breaks: 'a chunk whose fence is stale is refused',
  },
  {
    fault: 'keeps what was staged under an ended lease',
    plant: KEEPS_STAGES,
    breaks: 'a stage that no batch took is thrown away with its lease',
  },
  {
    fault: 'reports what has gone from the mailbox for ever',
    plant: receiving((batch) => ({ ...batch, gone: [] })),
    breaks: 'a message that was set aside is reported no more when it has gone from the mailbox',
  },
  {
    fault: 'reports what was set aside for ever',
    plant: REPORTS_SET_ASIDE_FOR_EVER,
    breaks: 'a message that was set aside is reported until a batch brings it',
  },
  {
    fault: 'lists by the order of the UIDs',
    plant: faulty('inbox', (real) => ({
      list: async ({ folder, offset, limit }) => {
        const { rows, total } = await real.list({ folder, offset: 0, limit: 500 });
        return { rows: rows.toSorted((a, b) => b.id - a.id).slice(offset, offset + limit), total };
      },
    })),
    breaks: 'the list comes newest first, page by page, whatever the order of the UIDs',
  },
  {
    fault: 'shows what can’t be written in ASCII as question marks',
    plant: faulty('inbox', (real) => ({
      read: async (id) => {
        const shown = await real.read(id);
        return shown && { ...shown, index: { ...shown.index, html: shown.index.html?.replace(/[^ -~]/gu, '?') ?? '' } };
      },
    })),
    breaks: 'a message is shown with all that was read out of it',
  },
  {
    fault: 'marks as unread what it moves',
    plant: faulty('inbox', (real) => ({
      move: async (ids, folder) => {
        await real.move(ids, folder);
        for (const id of ids) await real.markRead(id, false);
      },
    })),
    breaks: 'what was read stays read, and what was moved can be moved back',
  },
  {
    fault: 'links nobody',
    plant: messages((message) => (message.patients.length === 1 ? { ...message, patients: [] } : message)),
    breaks: 'the one patient of the sender’s address is linked',
  },
  {
    fault: 'links the first of several patients',
    plant: messages((message) => ({ ...message, patients: message.patients.slice(0, 1) })),
    breaks: 'several patients of the sender’s address are suggested until a person chooses',
  },
];

describe('an inbox store that', () => {
  testFaults(inboxStore, [...FAULTS, ...DOWNLOAD_FAULTS, ...MEMORY_FAULTS]);
});
