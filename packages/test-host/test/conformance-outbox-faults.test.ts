import type { NewEmail, OutboxEmail, OutboxStore, SubmissionOutcome } from '@exact/host-contracts';
import { outboxStore } from '@exact/host-contracts/conformance';
import { describe } from '@jest/globals';
import { type Fault, faulty, testFaults } from './conformance-faults.js';
import { SCREEN_FAULTS } from './conformance-outbox-screen-faults.js';
import { ACCOUNT_OF_THE_SUITE, RECOVERY_FAULTS } from './conformance-recovery-faults.js';

const DONE = { kind: 'done' } as const;

function queueing(change: (email: NewEmail) => NewEmail): Fault['plant'] {
  return faulty('outbox', (real) => ({ enqueue: (email) => real.enqueue(change(email)) }));
}

function settling(change: (outcome: SubmissionOutcome) => SubmissionOutcome): Fault['plant'] {
  return faulty('outbox', (real) => ({ settle: (id, fence, outcome) => real.settle(id, fence, change(outcome)) }));
}

function showing(change: (email: OutboxEmail) => OutboxEmail): Fault['plant'] {
  return faulty('outbox', (real) => ({
    read: async (id) => {
      const email = await real.read(id);
      return email && change(email);
    },
  }));
}

function withoutZeros(bytes: Uint8Array): Uint8Array {
  return bytes.filter((byte) => byte !== 0);
}

const GIVES_ONE_EMAIL_TO_TWO: Fault['plant'] = faulty('outbox', (real) => {
  let underWay: Promise<OutboxEmail | undefined> | undefined;
  return {
    claim: (request) => {
      underWay ??= real.claim(request).finally(() => (underWay = undefined));
      return underWay;
    },
  };
});

const BEGINS_WHAT_WAS_SENT: Fault['plant'] = faulty('outbox', (real) => {
  const begun = new Set<number>();
  return {
    submitting: async (id, fence, message) => {
      if ((await real.read(id))?.state !== 'sent') return real.submitting(id, fence, message);
      begun.add(id);
      return DONE;
    },
    read: async (id) => {
      const email = await real.read(id);
      return email && begun.has(id) ? { ...email, state: 'submitting' as const } : email;
    },
  };
});

const TELLS_BEFORE_IT_QUEUES: Fault['plant'] = faulty('outbox', (real) => {
  let tell: Parameters<OutboxStore['onDidChange']>[0] = () => undefined;
  return {
    onDidChange: (listener) => {
      tell = listener;
      return { dispose: () => undefined };
    },
    enqueue: (email) => {
      tell();
      return real.enqueue(email);
    },
  };
});

const CLAIMING_FAULTS: readonly Fault[] = [
  {
    fault: 'seems to queue emails while no account is set up',
    plant: faulty('outbox', (real) => ({
      enqueue: async (email) => {
        const outcome = await real.enqueue(email);
        return outcome.kind === 'off' ? { kind: 'queued', id: 1 } : outcome;
      },
    })),
    breaks: 'nothing is queued while no account is set up',
  },
  {
    fault: 'loses zero bytes of attachments',
    plant: queueing((email) => ({
      ...email,
      attachments: email.attachments.map((each) => ({ ...each, content: withoutZeros(each.content) })),
    })),
    breaks: 'a claimed email is what was written, attachments included',
  },
  {
    fault: 'lets emails go a millisecond too early',
    plant: faulty('outbox', (real) => ({ claim: (request) => real.claim({ ...request, now: request.now + 1 }) })),
    breaks: 'emails are claimed oldest first, each only when its time has come',
  },
  {
    fault: 'hands one email to two workers',
    plant: GIVES_ONE_EMAIL_TO_TWO,
    breaks: 'workers that claim at once never get the same email, and each email is claimed',
  },
  {
    fault: 'lets a stale run claim',
    plant: faulty('outbox', (real, { latestFence }) => ({
      claim: (request) => real.claim({ ...request, fence: latestFence() }),
    })),
    breaks: 'nothing is claimed under a stale fence',
  },
  {
    fault: 'claims for whatever account',
    plant: faulty('outbox', (real) => ({
      claim: (request) => real.claim({ ...request, account: ACCOUNT_OF_THE_SUITE }),
    })),
    breaks: 'nothing is claimed for another account',
  },
  {
    fault: 'tells its listeners before the email is queued',
    plant: TELLS_BEFORE_IT_QUEUES,
    breaks: 'a listener is told of an email after it is queued',
  },
];

const SUBMISSION_FAULTS: readonly Fault[] = [
  {
    fault: 'takes other bytes for a later attempt',
    plant: faulty('outbox', (real) => ({
      submitting: (id, fence, message) => real.submitting(id, fence, message).catch(() => DONE),
    })),
    breaks: 'Message-ID and bytes are fixed once',
  },
  {
    fault: 'loses zero bytes of what it sends',
    plant: faulty('outbox', (real) => ({
      submitting: (id, fence, { messageId, raw }) => real.submitting(id, fence, { messageId, raw: withoutZeros(raw) }),
    })),
    breaks: 'an email has the same bytes and Message-ID at every attempt',
  },
  {
    fault: 'counts no more than one attempt',
    plant: showing((email) => ({ ...email, attempts: Math.min(1, email.attempts) })),
    breaks: 'an email counts how often its submission was begun',
  },
  {
    fault: 'begins the submission of a stale run',
    plant: faulty('outbox', (real, { latestFence }) => ({
      submitting: (id, _fence, message) => real.submitting(id, latestFence(), message),
    })),
    breaks: 'a submission under a stale fence is refused, not begun, and fixes nothing',
  },
  {
    fault: 'believes a stale run',
    plant: faulty('outbox', (real, { latestFence }) => ({
      settle: (id, _fence, outcome) => real.settle(id, latestFence(), outcome),
    })),
    breaks: 'an outcome under a stale fence is refused and changes nothing',
  },
  {
    fault: 'compares recipients letter by letter',
    plant: settling((outcome) =>
      'recipients' in outcome
        ? { ...outcome, recipients: outcome.recipients.filter(({ address }) => address === address.toLowerCase()) }
        : outcome,
    ),
    breaks: 'an email that all recipients accepted is sent, at the time that was told',
  },
  {
    fault: 'does not say why a recipient was refused',
    plant: settling((outcome) =>
      outcome.kind === 'settled' && outcome.recipients.length > 1
        ? { ...outcome, recipients: outcome.recipients.map(({ failure: _lost, ...each }) => each) }
        : outcome,
    ),
    breaks: 'an email that some recipients refused has failed, and says who got it and who not',
  },
  {
    fault: 'puts an email back without a pause',
    plant: settling((outcome) => (outcome.kind === 'again' ? { ...outcome, notBefore: 0 } : outcome)),
    breaks: 'an email that goes back waits as long as its last attempt asked for',
  },
  {
    fault: 'does not say why an email is held',
    plant: showing(({ failure, ...email }) =>
      email.state === 'held' && failure?.code === 'conformance.failure'
        ? email
        : { ...email, ...(failure && { failure }) },
    ),
    breaks: 'an email that can’t go is held and says why',
  },
  {
    fault: 'lists no uncertain emails',
    plant: faulty('outbox', () => ({ uncertain: () => Promise.resolve([]) })),
    breaks: 'an uncertain email is listed with its bytes, and is sent once it was found',
  },
  {
    fault: 'forgets who was refused when an email becomes uncertain',
    plant: settling((outcome) => (outcome.kind === 'uncertain' ? { ...outcome, recipients: [] } : outcome)),
    breaks: 'who was refused before an email became uncertain did not get it, even if it arrived',
  },
  {
    fault: 'queues uncertain emails when the next run begins',
    plant: faulty('outbox', (real) => ({
      recover: async (request) => {
        for (const { id } of await real.uncertain(request.account)) await real.decide(id, 'send-again');
        return real.recover(request);
      },
    })),
    breaks: 'an uncertain email does not go back by itself',
  },
  {
    fault: 'begins what was sent',
    plant: BEGINS_WHAT_WAS_SENT,
    breaks: 'a submission of what was sent is not begun',
  },
];

describe('an outbox store that', () => {
  testFaults(outboxStore, [...CLAIMING_FAULTS, ...SUBMISSION_FAULTS, ...RECOVERY_FAULTS, ...SCREEN_FAULTS]);
});
