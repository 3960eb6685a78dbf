import type { Fence } from '../contributions/job.js';
import type { DeliveryReport, RecipientReport } from '../mail/delivery-report.js';
import type { NewEmail, RecipientOutcome, ReportedDelivery, ReportOutcome } from '../services/outbox-store.js';
import { expectData } from './expect.js';
import type { InboxStoreHost } from './inbox-store.js';
import type { OutboxStoreHost } from './outbox-store.js';
import { accepted, ALICE, begin, BOB, connect, MESSAGE, settled, TO_BOTH } from './outbox-walk.js';
import { ACCOUNT, ARRIVAL, batch, FAILURE, LATER, message, newEmail, OTHER_ACCOUNT, receive } from './samples.js';
import { type HostPromises, register, type Suite } from './suite.js';

/** A host that claims to keep what delivery reports say. */
export interface DeliveryReportsHost extends OutboxStoreHost, InboxStoreHost {}

/** When the reports of this suite arrive. */
const REPORTED = ARRIVAL + 60_000;
const NEWS = { result: 'failed', failure: FAILURE, at: REPORTED } as const;
const LATE = { result: 'delayed', failure: FAILURE, at: REPORTED } as const;

function failed(address: string, isAddressAtFault = true): RecipientReport {
  return { addresses: [address], result: 'failed', failure: FAILURE, isAddressAtFault };
}

function about(...recipients: readonly RecipientReport[]): DeliveryReport {
  return { messageIds: ['<unknown@elsewhere.example>', MESSAGE.messageId], recipients };
}

/** An email to both that was sent, and what reports say to it. */
async function send(host: DeliveryReportsHost, email: NewEmail = newEmail(TO_BOTH)) {
  const fence = await connect(host);
  const id = await begin(host.outbox, fence, email);
  const recipients = email.to.map(({ address }) => accepted(address));
  await host.outbox.settle(id, fence, settled(...recipients));
  return { id, fence, tell: telling(host, fence) };
}

type Tell = (report: DeliveryReport, also?: Partial<ReportedDelivery>) => Promise<ReportOutcome>;

/** Each report is another message, unless it is said which. */
function telling({ outbox }: DeliveryReportsHost, fence: Fence): Tell {
  let told = 0;
  return (report, also = {}) => {
    told += 1;
    const identity = `e${told}`.padStart(64, '0');
    return outbox.report({ account: ACCOUNT.key, fence, identity, arrivedAt: REPORTED, report, ...also });
  };
}

async function recipientsOf({ outbox }: DeliveryReportsHost, id: number): Promise<readonly RecipientOutcome[]> {
  return (await outbox.read(id))?.recipients ?? [];
}

async function fails({ outbox }: DeliveryReportsHost, address: string): Promise<boolean> {
  return (await outbox.failingAddresses([address])).length > 0;
}

const NOTHING: ReportOutcome = { kind: 'nothing' };

const MARKING: HostPromises<DeliveryReportsHost> = {
  'a report marks the recipient whom it names, without regard to case, and nobody else': async (host) => {
    const { id, tell } = await send(host);
    expectData('The outcome', await tell(about(failed('ALICE@patients.example'))), { kind: 'noted', id });
    const recipients = [
      { ...accepted(ALICE), news: NEWS },
      { ...accepted(BOB), news: undefined },
    ];
    expectData('The email', await host.outbox.read(id), { state: 'sent', recipients });
  },

  'a report about what was never sent, or not to whom it names, changes nothing': async (host) => {
    const { id, tell } = await send(host);
    const others = { messageIds: ['<unknown@elsewhere.example>'], recipients: [failed(ALICE)] };
    expectData('Of another email', await tell(others), NOTHING);
    expectData('Of another recipient', await tell(about(failed('carol@patients.example'))), NOTHING);
    expectData('The email', await host.outbox.read(id), { recipients: [{ news: undefined }, { news: undefined }] });
    expectData('The addresses', await host.outbox.failingAddresses([ALICE, 'carol@patients.example']), []);
  },

  'a report counts for the account that it came to': async (host) => {
    const { id, tell } = await send(host);
    expectData('The outcome', await tell(about(failed(ALICE)), { account: OTHER_ACCOUNT }), NOTHING);
    expectData('The email', await host.outbox.read(id), { recipients: [{ news: undefined }, { news: undefined }] });
  },

  'a report counts once, also when it is received again after what it told was sent again': async (host) => {
    const { id, tell } = await send(host);
    await tell(about(failed(ALICE)), { identity: 'f'.repeat(64) });
    await host.outbox.reset([id]);
    expectData('The outcome', await tell(about(failed(ALICE)), { identity: 'f'.repeat(64) }), NOTHING);
    expectData('The email', await host.outbox.read(id), { recipients: [{ news: undefined }, { news: undefined }] });
  },

  'a report whose fence is stale is refused and changes nothing': async (host) => {
    const { id, tell } = await send(host);
    await host.grantLease();
    expectData('The outcome', await tell(about(failed(ALICE))), { kind: 'refused', reason: 'stale-fence' });
    expectData('The email', await host.outbox.read(id), { recipients: [{ news: undefined }, { news: undefined }] });
  },

  'a report that comes before the submission has ended is kept': async (host) => {
    const fence = await connect(host);
    const id = await begin(host.outbox, fence, newEmail(TO_BOTH));
    await telling(host, fence)(about(failed(ALICE)));
    await host.outbox.settle(id, fence, settled(accepted(ALICE), accepted(BOB)));
    const recipients = [{ ...accepted(ALICE), news: NEWS }, accepted(BOB)];
    expectData('The email', await host.outbox.read(id), { state: 'sent', recipients });
  },

  'what is late stands so until it has arrived': async (host) => {
    const { id, tell } = await send(host);
    await tell(about({ addresses: [ALICE], result: 'delayed', failure: FAILURE }));
    expectData('The late email', await recipientsOf(host, id), [{ news: LATE }, {}]);
    expectData('The numbers', await host.outbox.counts(ACCOUNT.key), { undelivered: 0 });
    await tell(about({ addresses: [ALICE], result: 'delivered' }));
    expectData('The email', await recipientsOf(host, id), [{ news: undefined }, { news: undefined }]);
  },

  'what came back stays so, whatever a later report says of its way': async (host) => {
    const { id, tell } = await send(host);
    await tell(about(failed(ALICE)));
    await tell(about({ addresses: [ALICE], result: 'delayed', failure: FAILURE }));
    expectData('The email', await recipientsOf(host, id), [{ news: NEWS }, {}]);
  },

  'who resets what came back sends it again to whom it came back': async (host) => {
    const { id, fence, tell } = await send(host);
    await tell(about(failed(ALICE)));
    await host.outbox.reset([id]);
    const again = await host.outbox.claim({ account: ACCOUNT.key, fence, now: LATER });
    const recipients = [{ address: ALICE, outcome: 'pending', news: undefined }, accepted(BOB)];
    expectData('The email claimed again', again, { id, recipients });
  },

  'what came back is news until somebody has looked at it': async (host) => {
    const { id, tell } = await send(host);
    expectData('The numbers before', await host.outbox.counts(ACCOUNT.key), { undelivered: 0 });
    await tell(about(failed(ALICE), failed(BOB)));
    expectData('The numbers', await host.outbox.counts(ACCOUNT.key), { undelivered: 1 });
    expectData('The email', await host.outbox.read(id), { isNews: true });
    await host.outbox.markSeen([id]);
    expectData('The numbers then', await host.outbox.counts(ACCOUNT.key), { undelivered: 0 });
    expectData('The email then', await host.outbox.read(id), { isNews: undefined });
  },

  'what came back is a view of its own': async (host) => {
    const { id, tell } = await send(host);
    const view = () => host.outbox.list({ view: 'undelivered', offset: 0, limit: 10 });
    expectData('The view before', await view(), { rows: [], total: 0 });
    await tell(about(failed(ALICE)));
    expectData('The view', await view(), { rows: [{ id }], total: 1 });
  },

  'the email that a report is about is found': async (host) => {
    const { id } = await send(host);
    expectData('The email', await host.outbox.findReported(about(failed(ALICE))), id);
    expectData('Of another recipient', await host.outbox.findReported(about(failed('carol@x.example'))), undefined);
  },
};

const ADDRESSES: HostPromises<DeliveryReportsHost> = {
  'an address that is at fault fails, another one to which an email did not arrive does not': async (host) => {
    const { tell } = await send(host);
    await tell(about(failed(ALICE), failed(BOB, false)));
    const asked = ['Alice@Patients.example', BOB, 'carol@patients.example'];
    const failing = [{ address: 'Alice@Patients.example', failure: FAILURE, at: REPORTED }];
    expectData('The addresses', await host.outbox.failingAddresses(asked), failing);
  },

  'mail that arrives from an address later than the report shows that it works': async (host) => {
    const { fence, tell } = await send(host);
    await tell(about(failed(ALICE)));
    const before = await receive(host.inbox, batch(fence, [message(1, { arrivedAt: REPORTED - 1 })]));
    expectData('After older mail', await fails(host, ALICE), true);
    const later = message(2, { arrivedAt: REPORTED + 1 });
    const report = { ...later, index: { ...later.index, automatic: 'delivery-report' as const } };
    const told = await receive(host.inbox, batch(fence, [report], { expected: before.next }));
    expectData('After a report in its name', await fails(host, ALICE), true);
    const mail = message(3, { arrivedAt: REPORTED + 1 });
    await receive(host.inbox, batch(fence, [mail], { expected: told.next }));
    expectData('After mail', await fails(host, ALICE), false);
  },

  'an address from which mail is there that arrived later than the report does not fail': async (host) => {
    const { fence, tell } = await send(host);
    await receive(host.inbox, batch(fence, [message(1, { arrivedAt: REPORTED + 1 })]));
    await tell(about(failed(ALICE)));
    expectData('Whether it fails', await fails(host, ALICE), false);
  },

  'an address at which something arrived works': async (host) => {
    const { tell } = await send(host);
    await tell(about(failed(ALICE)));
    await tell(about({ addresses: [ALICE], result: 'delivered' }), { arrivedAt: REPORTED + 1 });
    expectData('Whether it fails', await fails(host, ALICE), false);
  },

  'a person says that an address works': async (host) => {
    const { tell } = await send(host);
    await tell(about(failed(ALICE), failed(BOB)));
    await host.outbox.trustAddress('ALICE@patients.example');
    expectData('Whether they fail', [await fails(host, ALICE), await fails(host, BOB)], [false, true]);
  },
};

/** What a host with an Inbox and an Outbox owes to whom emails did not reach. */
export function deliveryReports(suite: Suite<DeliveryReportsHost>): void {
  register(suite, { ...MARKING, ...ADDRESSES });
}
