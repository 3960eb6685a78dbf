import type { SubmissionOutcome } from '@exact/host-contracts';
import { type Fault, faulty } from './conformance-faults.js';

/** A press that does a second thing to the same emails. */
function pressing(press: 'release' | 'reset' | 'stop', also: 'release' | 'reset' | 'stop'): Fault['plant'] {
  return faulty('outbox', (real) => ({
    [press]: async (ids: readonly number[]) => {
      await real[also](ids);
      await real[press](ids);
    },
  }));
}

function deciding(decision: 'arrived' | 'send-again'): Fault['plant'] {
  return faulty('outbox', (real) => ({
    decide: async (id, decided) => {
      if (decided === decision) await real.release([id]);
      await real.decide(id, decided);
    },
  }));
}

const BELIEVES_THE_LAST_ANSWER: Fault['plant'] = faulty('outbox', (real) => {
  const told = new Map<number, SubmissionOutcome>();
  let resets = 0;
  return {
    reset: (ids) => {
      resets += 1;
      return real.reset(ids);
    },
    settle: (id, fence, outcome) => {
      if (resets > 0) told.set(id, outcome);
      return real.settle(id, fence, outcome);
    },
    read: async (id) => {
      const email = await real.read(id);
      const last = told.get(id);
      return email && last?.kind === 'settled' ? { ...email, recipients: last.recipients } : email;
    },
  };
});

const LISTS_OLDEST_FIRST: Fault['plant'] = faulty('outbox', (real) => ({
  list: async (query) => {
    if (query.order) return real.list(query);
    const { rows, total } = await real.list({ ...query, offset: 0, limit: 500 });
    return { rows: rows.toReversed().slice(query.offset, query.offset + query.limit), total };
  },
}));

/** What a store may do wrong when a person presses or looks, one for each promise about it. */
export const SCREEN_FAULTS: readonly Fault[] = [
  {
    fault: 'sends to everybody again after a reset',
    plant: faulty('outbox', (real) => ({
      claim: async (request) => {
        const email = await real.claim(request);
        const pending = email?.recipients.map(({ address }) => ({ address, outcome: 'pending' as const }));
        return email && pending && { ...email, recipients: pending };
      },
    })),
    breaks: 'who resets a failed email sends it only to the recipients that did not get it',
  },
  {
    fault: 'believes the last answer about a recipient',
    plant: BELIEVES_THE_LAST_ANSWER,
    breaks: 'a recipient who accepted once has it, whatever a later attempt says',
  },
  {
    fault: 'releases what has failed',
    plant: pressing('release', 'reset'),
    breaks: 'releasing changes what is held and nothing else',
  },
  {
    fault: 'resets what is held',
    plant: pressing('reset', 'release'),
    breaks: 'resetting changes what has failed and nothing else',
  },
  {
    fault: 'stops what has failed',
    plant: pressing('stop', 'reset'),
    breaks: 'stopping changes what has not left and nothing else',
  },
  {
    fault: 'releases what a person says has arrived',
    plant: deciding('arrived'),
    breaks: 'a person decides that an uncertain email arrived, and decides about nothing else',
  },
  {
    fault: 'releases what a person sends again',
    plant: deciding('send-again'),
    breaks: 'a person sends an uncertain email again, and nothing else',
  },
  {
    fault: 'names another person than the one who decided',
    plant: faulty('outbox', (real) => ({
      read: async (id) => {
        const email = await real.read(id);
        return email?.decided ? { ...email, decided: { ...email.decided, by: '' } } : email;
      },
    })),
    breaks: 'a person’s decision stands with the email: who and when',
  },
  {
    fault: 'shows what has failed among what waits',
    plant: faulty('outbox', (real) => ({
      list: async (query) => {
        if (query.view !== 'waiting') return real.list(query);
        const [waiting, failed] = await Promise.all([real.list(query), real.list({ ...query, view: 'failed' })]);
        return { rows: [...waiting.rows, ...failed.rows], total: waiting.total + failed.total };
      },
    })),
    breaks: 'each part of the Outbox is a view of its own',
  },
  {
    fault: 'sorts by time whatever is asked',
    plant: faulty('outbox', (real) => ({
      list: ({ order, ...query }) =>
        real.list({ ...query, ...(order && { order: { by: 'time', descending: order.descending } }) }),
    })),
    breaks: 'the list is sorted by recipient, subject or time, either way',
  },
  {
    fault: 'tells each email’s reason by itself',
    plant: faulty('outbox', (real) => ({
      reasons: async () => {
        const reasons = await real.reasons();
        return reasons.flatMap((reason) => Array.from({ length: reason.emails }, () => ({ ...reason, emails: 1 })));
      },
    })),
    breaks: 'why emails stand in the Outbox is told once for each state and reason',
  },
  {
    fault: 'lists the oldest first',
    plant: LISTS_OLDEST_FIRST,
    breaks: 'the list comes newest first, page by page, without what was stopped',
  },
  {
    fault: 'counts recipients of a millisecond before',
    plant: faulty('outbox', (real) => ({ sentSince: (account, since) => real.sentSince(account, since - 1) })),
    breaks: 'recipients are counted from the time that they accepted, for pacing',
  },
  {
    fault: 'counts what is uncertain as failed',
    plant: faulty('outbox', (real) => ({
      counts: async (account) => {
        const counts = await real.counts(account);
        return { ...counts, failed: counts.failed + counts.uncertain, uncertain: 0 };
      },
    })),
    breaks: 'the indicator gets the numbers of what waits, is held, failed or is uncertain',
  },
];
