import { workstations } from '@exact/host-contracts/conformance';
import { describe } from '@jest/globals';
import { type Fault, testFaults } from './conformance-faults.js';
import type { ConformingPractice } from './conformance-practice.js';

/** The services that a workstation has. */
type Elsewhere =
  | 'inboxElsewhere'
  | 'outboxElsewhere'
  | 'configurationElsewhere'
  | 'healthElsewhere'
  | 'practiceElsewhere'
  | 'jobControlElsewhere';

/** A workstation's service with some methods replaced. */
function atWorkstation<K extends Elsewhere>(
  service: K,
  replace: (real: ConformingPractice[K]) => Partial<ConformingPractice[K]>,
): Fault['plant'] {
  return (practice) => {
    const broken = Object.assign({}, practice[service], replace(practice[service]));
    return { ...practice, [service]: broken };
  };
}

/** A practice that notices when a workstation has finished a set-up. */
function onceFinishedElsewhere(
  plant: (practice: ConformingPractice, isFinished: () => boolean) => ConformingPractice,
): Fault['plant'] {
  return (practice) => {
    let isFinished = false;
    const noticing = atWorkstation('configurationElsewhere', (real) => ({
      commit: (commit) => {
        isFinished = true;
        return real.commit(commit);
      },
    }));
    return plant(noticing(practice), () => isFinished);
  };
}

const TELLS_WHAT_WAS_THERE_BEFORE = onceFinishedElsewhere((practice, isFinished) => {
  const { configuration } = practice;
  const onDidChange: typeof configuration.onDidChange = (listener) =>
    configuration.onDidChange((stored) => {
      listener(isFinished() ? { ...stored, revision: stored.revision - 1 } : stored);
    });
  return { ...practice, configuration: Object.assign({}, configuration, { onDidChange }) };
});

const LETS_THE_RUN_WRITE_ON = onceFinishedElsewhere((practice, isFinished) => {
  const { inbox, grantLease } = practice;
  const receive: typeof inbox.receive = async (batch) =>
    inbox.receive(isFinished() ? { ...batch, fence: await grantLease() } : batch);
  return { ...practice, inbox: Object.assign({}, inbox, { receive }) };
});

const FAULTS: readonly Fault[] = [
  {
    fault: 'tells the server what was stored before',
    plant: TELLS_WHAT_WAS_THERE_BEFORE,
    breaks: 'the server is told of a Finish at a workstation, with what is stored',
  },
  {
    fault: 'keeps a new sign-in under a key of its own',
    plant: atWorkstation('configurationElsewhere', (real) => ({
      replaceSecret: (name, value, revision, audit) => real.replaceSecret(name, `sealed ${value}`, revision, audit),
    })),
    breaks: 'the server is told of a sign-in at a workstation, which it can read',
  },
  {
    fault: 'keeps the secrets of Finish under a key of its own',
    plant: atWorkstation('configurationElsewhere', (real) => ({
      commit: (commit) => {
        const sealed = Object.entries(commit.secrets).map(([name, value]) => [name, `sealed ${String(value)}`]);
        return real.commit({ ...commit, secrets: Object.fromEntries(sealed) as Readonly<Record<string, string>> });
      },
    })),
    breaks: 'the server reads the secrets that a workstation stored',
  },
  {
    fault: 'lets the server’s run write on after its Finish',
    plant: LETS_THE_RUN_WRITE_ON,
    breaks: 'a Finish at a workstation makes every write of a run that began before it stale',
  },
  {
    fault: 'shows the Inbox as it was when it started',
    plant: atWorkstation('inboxElsewhere', () => ({ list: () => Promise.resolve({ rows: [], total: 0 }) })),
    breaks: 'a workstation is told of mail that the server received',
  },
  {
    fault: 'keeps what is written at it to itself',
    plant: atWorkstation('outboxElsewhere', () => ({ enqueue: () => Promise.resolve({ kind: 'queued', id: 1 }) })),
    breaks: 'an email that a workstation wrote is the server’s to send',
  },
  {
    fault: 'counts only its own emails',
    plant: atWorkstation('outboxElsewhere', () => ({
      counts: () => Promise.resolve({ waiting: 0, held: 0, failed: 0, uncertain: 0, undelivered: 0 }),
    })),
    breaks: 'a workstation is told what becomes of an email',
  },
  {
    fault: 'does not know how the service fares',
    plant: atWorkstation('healthElsewhere', () => ({ read: () => Promise.resolve([]) })),
    breaks: 'a workstation is told how the service fares',
  },
  {
    fault: 'prints another address',
    plant: atWorkstation('practiceElsewhere', (real) => ({
      onDidChange: (listener) =>
        real.onDidChange((practice) => {
          listener({ ...practice, emailAddress: '' });
        }),
    })),
    breaks: 'a workstation is told of a new practice address',
  },
  {
    fault: 'hands on half of a request',
    plant: atWorkstation('jobControlElsewhere', (real) => ({
      request: (job, request) => real.request(job, { ...request, detail: {} }),
    })),
    breaks: 'a request at a workstation reaches the run on the server',
  },
  {
    fault: 'restarts nothing but itself',
    plant: atWorkstation('jobControlElsewhere', () => ({ restart: () => Promise.resolve() })),
    breaks: 'a restart at a workstation begins another run under a higher fence',
  },
];

describe('a workstation that', () => {
  testFaults(workstations, FAULTS);
});
