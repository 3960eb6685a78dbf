import type {
  DeliveryNews,
  DeliveryReport,
  FailingAddress,
  OutboxStore,
  RecipientReport,
  ReportedDelivery,
} from '@exact/host-contracts';
import { deliveryReports } from '@exact/host-contracts/conformance';
import { describe } from '@jest/globals';
import { type Fault, faulty, testFaults } from './conformance-faults.js';
import { ACCOUNT_OF_THE_SUITE } from './conformance-recovery-faults.js';

/** Reports reach the store changed. */
function reporting(change: (delivery: ReportedDelivery) => ReportedDelivery): Fault['plant'] {
  return faulty('outbox', (real) => ({ report: (delivery) => real.report(change(delivery)) }));
}

function saying(report: DeliveryReport, change: (recipient: RecipientReport) => RecipientReport): DeliveryReport {
  return { ...report, recipients: report.recipients.map(change) };
}

/** Everybody's news is this, where there is one; else as it is. */
async function withNews(real: OutboxStore, id: number, news: DeliveryNews | undefined) {
  const email = await real.read(id);
  return email && news
    ? { ...email, recipients: email.recipients.map((each) => ({ ...each, news: each.news ?? news })) }
    : email;
}

const SAYS_IT_OF_ALL: Fault['plant'] = faulty('outbox', (real) => ({
  read: async (id) => withNews(real, id, (await real.read(id))?.recipients.find(({ news }) => news)?.news),
}));

const FORGETS_WHAT_CAME_TOO_EARLY: Fault['plant'] = faulty('outbox', (real) => ({
  report: async (delivery) => {
    const email = await real.read((await real.findReported(delivery.report)) ?? 0);
    return email?.state === 'submitting' ? { kind: 'nothing' } : real.report(delivery);
  },
}));

const LATE_FOR_EVER: Fault['plant'] = faulty('outbox', (real) => {
  let late: DeliveryNews | undefined;
  return {
    read: async (id) => {
      const all = (await real.read(id))?.recipients ?? [];
      late = all.find(({ news }) => news?.result === 'delayed')?.news ?? late;
      return withNews(real, id, late);
    },
  };
});

const BELIEVES_THE_LAST_REPORT: Fault['plant'] = faulty('outbox', (real) => {
  let last: DeliveryReport | undefined;
  return {
    report: (delivery) => {
      last = delivery.report;
      return real.report(delivery);
    },
    read: async (id) => {
      const email = await real.read(id);
      if (!email || last?.recipients[0]?.result !== 'delayed') return email;
      const late = ({ news, ...each }: (typeof email.recipients)[number]) =>
        news ? { ...each, news: { ...news, result: 'delayed' as const } } : each;
      return { ...email, recipients: email.recipients.map(late) };
    },
  };
});

const TRUSTS_NO_OLDER_MAIL: Fault['plant'] = faulty('outbox', (real, { inbox }) => {
  const told: FailingAddress[] = [];
  return {
    report: async (delivery) => {
      const { total } = await inbox.list({ folder: 'inbox', offset: 0, limit: 1 });
      const failing = total === 0 ? [] : delivery.report.recipients.filter((each) => each.result === 'failed');
      for (const { addresses, failure } of failing) {
        told.push(...addresses.map((address) => ({ address, failure, at: delivery.arrivedAt })));
      }
      return real.report(delivery);
    },
    failingAddresses: async (addresses) => [...(await real.failingAddresses(addresses)), ...told],
  };
});

const KEEPS_WHAT_ARRIVED_FAILING: Fault['plant'] = faulty('outbox', (real) => ({
  report: async (delivery) => {
    const addresses = delivery.report.recipients.flatMap((each) => (each.result === 'delivered' ? each.addresses : []));
    const id = await real.findReported(delivery.report);
    const isFailing = (await real.failingAddresses(addresses)).length > 0;
    return isFailing && id !== undefined ? { kind: 'noted', id } : real.report(delivery);
  },
}));

const FAULTS: readonly Fault[] = [
  {
    fault: 'says of everybody what was said of one',
    plant: SAYS_IT_OF_ALL,
    breaks: 'a report marks the recipient whom it names, without regard to case, and nobody else',
  },
  {
    fault: 'takes a report about another email for one about its own',
    plant: reporting((delivery) => {
      const { report } = delivery;
      return { ...delivery, report: { ...report, messageIds: [...report.messageIds, '<1@practice.example>'] } };
    }),
    breaks: 'a report about what was never sent, or not to whom it names, changes nothing',
  },
  {
    fault: 'does not ask to which account it came',
    plant: reporting((delivery) => ({ ...delivery, account: ACCOUNT_OF_THE_SUITE })),
    breaks: 'a report counts for the account that it came to',
  },
  {
    fault: 'does not know a report again',
    plant: faulty('outbox', (real) => {
      let told = 0;
      return { report: (delivery) => real.report({ ...delivery, identity: `d${(told += 1)}`.padStart(64, '0') }) };
    }),
    breaks: 'a report counts once, also when it is received again after what it told was sent again',
  },
  {
    fault: 'takes reports from whoever held the lease',
    plant: faulty('outbox', (real, { latestFence }) => ({
      report: (delivery) => real.report({ ...delivery, fence: latestFence() }),
    })),
    breaks: 'a report whose fence is stale is refused and changes nothing',
  },
  {
    fault: 'forgets what came while the email was on its way',
    plant: FORGETS_WHAT_CAME_TOO_EARLY,
    breaks: 'a report that comes before the submission has ended is kept',
  },
  {
    fault: 'calls what was late late for ever',
    plant: LATE_FOR_EVER,
    breaks: 'what is late stands so until it has arrived',
  },
  {
    fault: 'believes the last report',
    plant: BELIEVES_THE_LAST_REPORT,
    breaks: 'what came back stays so, whatever a later report says of its way',
  },
  {
    fault: 'sends it again to everybody',
    plant: faulty('outbox', (real) => ({
      claim: async (request) => {
        const email = await real.claim(request);
        const pending = email?.recipients.map(({ address }) => ({ address, outcome: 'pending' as const }));
        return email && pending && { ...email, recipients: pending };
      },
    })),
    breaks: 'who resets what came back sends it again to whom it came back',
  },
  {
    fault: 'calls it news for ever',
    plant: faulty('outbox', () => ({ markSeen: () => Promise.resolve() })),
    breaks: 'what came back is news until somebody has looked at it',
  },
  {
    fault: 'shows among what came back all that was sent',
    plant: faulty('outbox', (real) => ({
      list: (query) => real.list(query.view === 'undelivered' ? { ...query, view: 'sent' } : query),
    })),
    breaks: 'what came back is a view of its own',
  },
  {
    fault: 'finds an email for a report that names nobody of it',
    plant: faulty('outbox', (real) => ({
      findReported: (report) =>
        real.findReported(saying(report, (each) => ({ ...each, addresses: ['alice@patients.example'] }))),
    })),
    breaks: 'the email that a report is about is found',
  },
  {
    fault: 'blames the address whatever the reason',
    plant: reporting((delivery) => {
      const blamed = (each: RecipientReport) => (each.result === 'failed' ? { ...each, isAddressAtFault: true } : each);
      return { ...delivery, report: saying(delivery.report, blamed) };
    }),
    breaks: 'an address that is at fault fails, another one to which an email did not arrive does not',
  },
  {
    fault: 'takes a report for mail from the address in whose name it comes',
    plant: faulty('inbox', (real) => ({
      receive: (batch) => {
        const messages = batch.messages.map(({ index: { automatic: _kind, ...index }, ...rest }) => ({
          ...rest,
          index,
        }));
        return real.receive({ ...batch, messages });
      },
    })),
    breaks: 'mail that arrives from an address later than the report shows that it works',
  },
  {
    fault: 'looks only at mail that is still to come',
    plant: TRUSTS_NO_OLDER_MAIL,
    breaks: 'an address from which mail is there that arrived later than the report does not fail',
  },
  {
    fault: 'does not hear that something arrived',
    plant: KEEPS_WHAT_ARRIVED_FAILING,
    breaks: 'an address at which something arrived works',
  },
  {
    fault: 'believes reports more than people',
    plant: faulty('outbox', () => ({ trustAddress: () => Promise.resolve() })),
    breaks: 'a person says that an address works',
  },
];

describe('a host with an Inbox and an Outbox that', () => {
  testFaults(deliveryReports, FAULTS);
});
