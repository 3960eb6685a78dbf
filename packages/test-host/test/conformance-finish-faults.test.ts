import type { ConfigurationCommit, ReceiveBatch } from '@exact/host-contracts';
import { durability, finish } from '@exact/host-contracts/conformance';
import { describe } from '@jest/globals';
import { type Fault, faulty, testFaults } from './conformance-faults.js';
import type { ConformingPractice } from './conformance-practice.js';

function committing(change: (commit: ConfigurationCommit) => ConfigurationCommit): Fault['plant'] {
  return faulty('configuration', (real) => ({ commit: (commit) => real.commit(change(commit)) }));
}

const RESETS_EVERY_COUNTER: Fault['plant'] = faulty('configuration', (real) => ({
  commit: async (commit) => {
    const outcome = await real.commit(commit);
    if (outcome.kind === 'refused' || commit.resetCounter === undefined) return outcome;
    const { audit: _recorded, prompt: _asked, ...rest } = commit;
    const resetCounter = 'conformance:accounts@practice.example';
    return real.commit({ ...rest, expectedRevision: outcome.revision, resetCounter, audit: [] });
  },
}));

const FINISH_FAULTS: readonly Fault[] = [
  {
    fault: 'resets the counters of all accounts',
    plant: RESETS_EVERY_COUNTER,
    breaks: 'Finish forgets the counter of the account that it resets, and only that',
  },
  {
    fault: 'goes on with the download of a counter that was reset',
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
    breaks: 'Finish forgets the counter of the account that it resets, and only that',
  },
  {
    fault: 'forgets what it has when the counter is reset',
    plant: faulty('inbox', (real) => {
      let batches = 0;
      return {
        receive: (batch) => {
          batches += 1;
          const forgotten = batch.messages.map((each) => ({ ...each, identity: `${each.identity}-${batches}` }));
          return real.receive({ ...batch, messages: forgotten });
        },
      };
    }),
    breaks: 'mail that is downloaded again after a reset is not there twice',
  },
  {
    fault: 'forgets the question',
    plant: committing(({ prompt: _forgotten, ...commit }) => commit),
    breaks: 'the question of Finish stands before the user with the commit',
  },
  {
    fault: 'records nothing',
    plant: committing((commit) => ({ ...commit, audit: [] })),
    breaks: 'what Finish changes is on record, with who changed it and when',
  },
  {
    fault: 'does not record who signs in again',
    plant: faulty('configuration', (real) => ({
      replaceSecret: (name, value, revision) => real.replaceSecret(name, value, revision, []),
    })),
    breaks: 'a person who signed in again is on record, one who came too late is not',
  },
  {
    fault: 'asks the question of a Finish that it refuses',
    plant: (practice) => {
      let asked: ConfigurationCommit['prompt'];
      const plant = faulty('configuration', (real) => ({
        commit: async (commit) => {
          const outcome = await real.commit(commit);
          if (outcome.kind === 'refused') asked = commit.prompt;
          return outcome;
        },
      }));
      const pendingPrompts = async () => [...(await practice.pendingPrompts()), ...(asked ? [asked] : [])];
      return { ...plant(practice), pendingPrompts };
    },
    breaks: 'a Finish that is refused resets no counter, asks nothing and records nothing',
  },
  {
    fault: 'takes a batch of a run that began before Finish',
    plant: faulty('inbox', (real, { grantLease }) => ({
      receive: async (batch) => real.receive({ ...batch, fence: await grantLease() }),
    })),
    breaks: 'a batch of a run that began before Finish is refused, though its cursor still fits',
  },
  {
    fault: 'lets a run that began before Finish claim',
    plant: faulty('outbox', (real, { grantLease }) => ({
      claim: async (request) => real.claim({ ...request, fence: await grantLease() }),
    })),
    breaks: 'a run that began before Finish claims no email',
  },
  {
    fault: 'takes emails although email is off',
    plant: committing((commit) => ({
      ...commit,
      account: commit.account ?? { key: 'old', address: { address: 'old@practice.example' } },
    })),
    breaks: 'email that is turned off keeps what waits and takes no more',
  },
];

/** A crash after which something is not as it was. */
function losing(loss: (after: ConformingPractice) => ConformingPractice): Fault['plant'] {
  return (practice) => ({ ...practice, crash: async () => loss(await practice.crash()) });
}

const COUNTS_FENCES_FROM_THE_START: Fault['plant'] = (practice) => ({
  ...practice,
  crash: async () => {
    const granted = practice.latestFence();
    const after = await practice.crash();
    const counting = faulty('inbox', (real) => ({
      receive: (batch) => real.receive({ ...batch, fence: batch.fence + granted }),
    }));
    return { ...counting(after), grantLease: async () => (await after.grantLease()) - granted };
  },
});

const DURABILITY_FAULTS: readonly Fault[] = [
  {
    fault: 'begins a download anew',
    plant: losing(faulty('inbox', () => ({ download: () => Promise.resolve(undefined) }))),
    breaks: 'received mail, its bytes, its counter and how far its download is survive a crash',
  },
  {
    fault: 'loses the bytes of messages',
    plant: losing(faulty('inbox', () => ({ raw: () => Promise.resolve(new Uint8Array()) }))),
    breaks: 'received mail, its bytes, its counter and how far its download is survive a crash',
  },
  {
    fault: 'loses the identities of what was deleted',
    plant: losing(
      faulty('inbox', (real) => ({
        receive: (batch) =>
          real.receive({ ...batch, messages: batch.messages.map((each) => ({ ...each, identity: 'another' })) }),
      })),
    ),
    breaks: 'what staff deleted stays deleted over a crash',
  },
  {
    fault: 'loses that a submission has begun',
    plant: losing(
      faulty('outbox', (real) => ({
        read: async (id) => {
          const email = await real.read(id);
          return email?.state === 'submitting' ? { ...email, state: 'claimed' } : email;
        },
      })),
    ),
    breaks: 'a submission that has begun is known after a crash, with its bytes',
  },
  {
    fault: 'loses what waits',
    plant: losing(
      faulty('outbox', (real) => ({
        read: async (id) => {
          const email = await real.read(id);
          return email?.state === 'queued' ? undefined : email;
        },
      })),
    ),
    breaks: 'an email that waits survives a crash',
  },
  {
    fault: 'loses the question',
    plant: losing((after) => ({ ...after, pendingPrompts: () => Promise.resolve([]) })),
    breaks: 'settings, secrets and the question that Finish left survive a crash',
  },
  {
    fault: 'counts its fences from the start',
    plant: COUNTS_FENCES_FROM_THE_START,
    breaks: 'fences rise over a crash',
  },
];

describe('a host whose Finish', () => {
  testFaults(finish, FINISH_FAULTS);
});

describe('a host that after a crash', () => {
  testFaults(durability, DURABILITY_FAULTS);
});
