import { expectData, expectThat } from './expect.js';
import type { FinishHost } from './finish.js';
import { begin, connect, MESSAGE } from './outbox-walk.js';
import {
  ACCOUNT,
  batch,
  commit,
  DOWNLOAD,
  enqueue,
  everyByte,
  MAILBOX,
  message,
  onlyRow,
  receive,
  rowsOf,
} from './samples.js';
import { type HostPromises, register, type Suite } from './suite.js';

/** A host that claims that what it promised survives a crash. */
export interface DurableHost extends FinishHost {
  /** Ends the host as a crash does, and resolves with the same practice after the next start. Disposed with the first. */
  readonly crash: () => Promise<DurableHost>;
}

const DURABILITY: HostPromises<DurableHost> = {
  'received mail, its bytes, its counter and how far its download is survive a crash': async (before) => {
    const raw = { bytes: everyByte() };
    const download = { ...DOWNLOAD, paused: true };
    const given = await receive(before.inbox, batch(await before.grantLease(), [message(1, { raw })], { download }));
    const { inbox } = await before.crash();
    expectData('The counter', await inbox.cursor(ACCOUNT.key, MAILBOX), given.next);
    expectData('The download', await inbox.download(ACCOUNT.key, MAILBOX), download);
    const { id } = await onlyRow(inbox);
    expectData('The bytes', await inbox.raw(id, 0, 1000), raw.bytes);
  },

  'what staff deleted stays deleted over a crash': async (before) => {
    await receive(before.inbox, batch(await before.grantLease(), [message(1)]));
    await before.inbox.move([(await onlyRow(before.inbox)).id], 'deleted');
    await commit(before.configuration, { resetCounter: ACCOUNT.key });
    const { inbox, grantLease } = await before.crash();
    await receive(inbox, batch(await grantLease(), [message(1)]));
    expectData('The number of messages in the Inbox', (await rowsOf(inbox)).length, 0);
  },

  'a submission that has begun is known after a crash, with its bytes': async (before) => {
    const id = await begin(before.outbox, await connect(before));
    const { outbox } = await before.crash();
    expectData('The email', await outbox.read(id), { state: 'submitting', ...MESSAGE });
  },

  'an email that waits survives a crash': async (before) => {
    await connect(before);
    const id = await enqueue(before.outbox);
    const { outbox } = await before.crash();
    expectData('The email', await outbox.read(id), { state: 'queued' });
  },

  'settings, secrets and the question that Finish left survive a crash': async (before) => {
    const prompt = { id: 'conformance.question', title: 'Question', text: 'Well?', choices: [{ text: 'Yes' }] };
    await commit(before.configuration, { settings: { form: 5 }, secrets: { tokens: 'cache' }, prompt });
    const { configuration, pendingPrompts } = await before.crash();
    expectData('What is stored', await configuration.read(), { revision: 1, settings: { form: 5 } });
    expectData('The secret', await configuration.readSecret('tokens'), 'cache');
    expectData('The prompts', await pendingPrompts(), [prompt]);
  },

  'fences rise over a crash': async (before) => {
    const ended = await before.grantLease();
    const { inbox, grantLease } = await before.crash();
    const fence = await grantLease();
    expectThat(fence > ended, `The fence ${fence} is not higher than ${ended}, which was granted before.`);
    const outcome = await inbox.receive(batch(ended, [message(1)]));
    expectData('The outcome of a batch of the ended run', outcome, { kind: 'refused', reason: 'stale-fence' });
  },
};

/** What a host owes to those who were told that something is stored. */
export function durability(suite: Suite<DurableHost>): void {
  register(suite, DURABILITY);
}
