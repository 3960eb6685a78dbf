import type { Prompt } from '@exact/host-contracts';
import * as conformance from '@exact/host-contracts/conformance';
import { describe } from '@jest/globals';
import { CLOCK_FAULTS } from './conformance-clock-faults.js';
import { type Fault, faulty, testFaults } from './conformance-faults.js';
import type { ConformingPractice } from './conformance-practice.js';

/** Every start of the practice has the fault. */
function atEachStart(plant: Fault['plant']): Fault['plant'] {
  return (practice) => {
    const planted = plant(practice);
    return { ...planted, crash: async () => atEachStart(plant)(await practice.crash()) };
  };
}

const SHOWS_A_PROMPT_AS_OFTEN_AS_IT_WAS_RAISED: Fault['plant'] = (practice) => {
  const raised: Prompt[] = [];
  const plant = faulty('prompts', (real) => ({
    raise: (prompt) => {
      raised.push(prompt);
      return real.raise(prompt);
    },
  }));
  const pendingPrompts = async () => (raised.length > 1 ? raised : practice.pendingPrompts());
  return { ...plant(practice), pendingPrompts };
};

/** What a choice does is done as if another one was pressed. */
function answering(
  pressed: string,
  change: (practice: ConformingPractice, id: string) => Promise<void>,
): Fault['plant'] {
  return (practice) => ({
    ...practice,
    answerPrompt: async (id, choice) => {
      const outcome = await practice.answerPrompt(id, choice);
      if (choice === pressed && outcome.done) await change(practice, id);
      return outcome;
    },
  });
}

const PROMPT_FAULTS: readonly Fault[] = [
  {
    fault: 'keeps a prompt that is withdrawn',
    plant: faulty('prompts', () => ({ withdraw: () => Promise.resolve() })),
    breaks: 'a prompt that is raised stands before the user until it is withdrawn',
  },
  {
    fault: 'shows the same prompt twice',
    plant: SHOWS_A_PROMPT_AS_OFTEN_AS_IT_WAS_RAISED,
    breaks: 'a prompt that is raised again is replaced',
  },
  {
    fault: 'runs a command without its arguments',
    plant: (practice) => ({
      ...practice,
      addCommand: (command) => {
        practice.addCommand({ id: command.id, run: (context) => command.run({ ...context, arguments: {} }) });
      },
    }),
    breaks: 'a prompt is taken away when its command is done',
  },
  {
    fault: 'takes a prompt away before its command is done',
    plant: (practice) => ({
      ...practice,
      answerPrompt: async (id, choice) => {
        const outcome = await practice.answerPrompt(id, choice);
        await practice.prompts.withdraw(outcome.done ? '' : id);
        return outcome;
      },
    }),
    breaks: 'a prompt stays when its command fails, and says why',
  },
  {
    fault: 'takes Close for Later',
    plant: (practice) => ({
      ...practice,
      answerPrompt: (id, choice) => practice.answerPrompt(id, choice === 'Close' ? 'Later' : choice),
    }),
    breaks: 'a choice without a command closes the prompt for good',
  },
  {
    fault: 'takes Later for Close',
    plant: answering('Later', ({ prompts }, id) => prompts.withdraw(id)),
    breaks: 'a prompt that was put off is gone until the next start',
  },
];

const HEALTH_FAULTS: readonly Fault[] = [
  {
    fault: 'makes up a report',
    plant: faulty('health', (real) => ({
      read: async () => {
        const reports = await real.read();
        return reports.length === 0 ? [{ part: 'send', state: 'off' }] : reports;
      },
    })),
    breaks: 'there is no report before the first',
  },
  {
    fault: 'has one report for both parts',
    plant: faulty('health', (real) => ({ read: async () => (await real.read()).slice(0, 1) })),
    breaks: 'a report replaces that of its part, and only that',
  },
  {
    fault: 'forgets the time of the last email',
    plant: faulty('health', (real) => ({
      report: (report, fence) => real.report({ ...report, lastAt: report.lastAt ?? 0 }, fence),
    })),
    breaks: 'the time of the last email stays when a report does not give it',
  },
  {
    fault: 'has a column for what it knows of a report, and none for a download',
    plant: faulty('health', (real) => ({
      report: ({ download: _unknown, ...report }, fence) => real.report(report, fence),
    })),
    breaks: 'how far a download is comes as it was reported, and goes with the next report',
  },
  {
    fault: 'believes a stale run',
    plant: faulty('health', (real, { latestFence }) => ({ report: (report) => real.report(report, latestFence()) })),
    breaks: 'a report under a stale fence changes nothing',
  },
  {
    fault: 'tells nobody',
    plant: faulty('health', () => ({ onDidChange: () => ({ dispose: () => undefined }) })),
    breaks: 'a listener is told of a report after it is stored',
  },
];

const PATIENT_FAULTS: readonly Fault[] = [
  {
    fault: 'compares addresses letter by letter',
    plant: faulty('patients', (real) => ({
      findByAddresses: async (addresses) => {
        const found = await real.findByAddresses(addresses);
        return found.map((each, index) => (addresses[index] === addresses[index]?.toLowerCase() ? each : []));
      },
    })),
    breaks: 'a patient is found without regard to case',
  },
  {
    fault: 'leaves out addresses that nobody has',
    plant: faulty('patients', (real) => ({
      findByAddresses: async (addresses) => {
        const found = await real.findByAddresses(addresses);
        return addresses.length < 500 ? found.filter((each) => each.length > 0) : found;
      },
    })),
    breaks: 'the answer has one list for each address, in the order asked',
  },
  {
    fault: 'finds one patient of an address',
    plant: faulty('patients', (real) => ({
      findByAddresses: async (addresses) => (await real.findByAddresses(addresses)).map((each) => each.slice(0, 1)),
    })),
    breaks: 'all patients that share an address are found',
  },
  {
    fault: 'asks a hundred addresses at once',
    plant: faulty('patients', (real) => ({
      findByAddresses: (addresses) => real.findByAddresses(addresses.slice(0, 100)),
    })),
    breaks: 'up to 500 addresses are asked at once',
  },
];

const CHOICE_FAULTS: readonly Fault[] = [
  {
    fault: 'forgets whom a person chose',
    plant: faulty('patients', (real) => ({
      findByAddresses: async (addresses) => {
        const found = await real.findByAddresses(addresses);
        return found.map((each) => each.toSorted((a, b) => a.id.localeCompare(b.id)));
      },
    })),
    breaks: 'the patient that a person chose for an address comes first the next time',
  },
];

const PRACTICE_FAULTS: readonly Fault[] = [
  {
    fault: 'forgets the name of the practice with a new address',
    plant: faulty('practice', (real) => ({
      read: async () => {
        const practice = await real.read();
        return practice.emailAddress.startsWith('old') ? practice : { ...practice, name: '' };
      },
    })),
    breaks: 'a new address is stored, and the rest stays',
  },
  {
    fault: 'does not record who changed it',
    plant: (practice) => ({
      ...practice,
      auditEntries: async () => (await practice.auditEntries()).map((entry) => ({ ...entry, by: '' })),
    }),
    breaks: 'a new address is on record once, with who changed it, when, and from what',
  },
  {
    fault: 'tells its listeners of a practice without an address',
    plant: faulty('practice', (real) => ({
      onDidChange: (listener) =>
        real.onDidChange((practice) =>
          listener(practice.emailAddress.startsWith('conf') ? { ...practice, emailAddress: '' } : practice),
        ),
    })),
    breaks: 'a listener is told of a new address after it is stored',
  },
  {
    fault: 'tells of the same address again',
    plant: faulty('practice', (real) => {
      const listeners = new Set<Parameters<typeof real.onDidChange>[0]>();
      return {
        onDidChange: (listener) => {
          const subscription = real.onDidChange(listener);
          listeners.add(listener);
          return {
            dispose: () => {
              subscription.dispose();
              listeners.delete(listener);
            },
          };
        },
        updateEmailAddress: async (address) => {
          const before = await real.read();
          await real.updateEmailAddress(address);
          if (before.emailAddress === address) for (const listener of listeners) listener(before);
        },
      };
    }),
    breaks: 'the same address again changes nothing and is told to nobody',
  },
  {
    fault: 'tells whoever ever listened',
    plant: faulty('practice', (real) => ({
      onDidChange: (listener) => {
        real.onDidChange(listener);
        return { dispose: () => undefined };
      },
    })),
    breaks: 'a listener that has ended its subscription is told no more',
  },
];

const INFORMATION_FAULTS: readonly Fault[] = [
  {
    fault: 'has a version that nobody can read',
    plant: faulty('hostInformation', () => ({ version: () => Promise.resolve('latest') })),
    breaks: 'the version can be read',
  },
  {
    fault: 'has an id that changes with the name',
    plant: faulty('hostInformation', (real) => ({
      database: async () => {
        const database = await real.database();
        return { ...database, id: database.name };
      },
    })),
    breaks: 'the database has an id that stays',
  },
  {
    fault: 'remembers whether the database was genuine',
    plant: faulty('hostInformation', (real) => {
      const first = real.database();
      return { database: () => first };
    }),
    breaks: 'whether the database is genuine is told as it is at the moment, with the reason when it is not',
  },
  {
    fault: 'does not know what it is',
    plant: faulty('hostInformation', () => ({ role: () => Promise.reject(new Error('Unknown')) })),
    breaks: 'it is a server or a workstation',
  },
];

describe.each([
  ['prompts', conformance.prompts, PROMPT_FAULTS.map((each) => ({ ...each, plant: atEachStart(each.plant) }))],
  ['health', conformance.serviceHealth, HEALTH_FAULTS],
  ['patient directory', conformance.patientDirectory, PATIENT_FAULTS],
  ['patient directory', conformance.patientChoice, CHOICE_FAULTS],
  ['practice information', conformance.practiceInformation, PRACTICE_FAULTS],
  ['host information', conformance.hostInformation, INFORMATION_FAULTS],
  ['clock', conformance.clock, CLOCK_FAULTS],
])('a host whose %s', (_service, part, faults) => {
  testFaults(part, faults);
});
