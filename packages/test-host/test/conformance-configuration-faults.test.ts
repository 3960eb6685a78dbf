import type { ConfigurationCommit } from '@exact/host-contracts';
import { configuration } from '@exact/host-contracts/conformance';
import { describe } from '@jest/globals';
import { type Fault, faulty, testFaults } from './conformance-faults.js';

const CHECKS_BEFORE_IT_WRITES: Fault['plant'] = faulty('configuration', (real) => ({
  commit: async (commit) => {
    const { revision } = await real.read();
    let outcome = await real.commit(commit);
    while (outcome.kind === 'refused' && revision === commit.expectedRevision) {
      outcome = await real.commit({ ...commit, expectedRevision: outcome.current.revision });
    }
    return outcome;
  },
}));

const KEEPS_SECRETS_OF_A_REFUSED_COMMIT: Fault['plant'] = faulty('configuration', (real) => ({
  commit: async (commit) => {
    const outcome = await real.commit(commit);
    if (outcome.kind === 'committed' || commit.expectedRevision > 0) return outcome;
    for (const [name, secret] of Object.entries(commit.secrets)) {
      if (secret !== null) await real.replaceSecret(name, secret, outcome.current.revision, []);
    }
    return outcome;
  },
}));

const FORGETS_SECRETS_THAT_ARE_NOT_NAMED: Fault['plant'] = faulty('configuration', (real) => {
  const known = new Set<string>();
  return {
    commit: (commit: ConfigurationCommit) => {
      const forgotten = Object.fromEntries([...known].map((name) => [name, null]));
      for (const name of Object.keys(commit.secrets)) known.add(name);
      return real.commit({ ...commit, secrets: { ...forgotten, ...commit.secrets } });
    },
  };
});

/** Lets the run that had the lease write on after a change of that kind. */
function lenientAfter(change: 'commit' | 'replaceSecret'): Fault['plant'] {
  return faulty('configuration', (real, { latestFence, grantLease }) => {
    let last: 'commit' | 'replaceSecret' | undefined;
    return {
      commit: (commit) => {
        last = 'commit';
        return real.commit(commit);
      },
      replaceSecret: (name, value, revision, audit) => {
        last = 'replaceSecret';
        return real.replaceSecret(name, value, revision, audit);
      },
      writeSecret: async (name, value, fence) => {
        const isLet = last === change && fence === latestFence();
        return real.writeSecret(name, value, isLet ? await grantLease() : fence);
      },
    };
  });
}

const FAULTS: readonly Fault[] = [
  {
    fault: 'makes up settings before the first commit',
    plant: faulty('configuration', (real) => ({
      read: async () => {
        const stored = await real.read();
        return stored.revision === 0 ? { ...stored, settings: {} } : stored;
      },
    })),
    breaks: 'nothing is configured before the first commit',
  },
  {
    fault: 'mixes old settings into the new ones',
    plant: faulty('configuration', (real) => ({
      commit: async (commit) => {
        const { settings } = await real.read();
        return real.commit({ ...commit, settings: { ...settings, ...commit.settings } });
      },
    })),
    breaks: 'a commit replaces the settings, raises the revision by one and says who changed it',
  },
  {
    fault: 'accepts a stale revision',
    plant: faulty('configuration', (real) => ({
      commit: async (commit) => real.commit({ ...commit, expectedRevision: (await real.read()).revision }),
    })),
    breaks: 'a commit at a stale revision is refused with what is stored, and changes nothing',
  },
  {
    fault: 'keeps the secrets of a commit that it refuses',
    plant: KEEPS_SECRETS_OF_A_REFUSED_COMMIT,
    breaks: 'a commit at a stale revision is refused with what is stored, and changes nothing',
  },
  {
    fault: 'compares the revision before the transaction instead of in it',
    plant: CHECKS_BEFORE_IT_WRITES,
    breaks: 'of wizards that finish at once exactly one is let through',
  },
  {
    fault: 'lets a run write on after a commit',
    plant: lenientAfter('commit'),
    breaks: 'a commit makes every write of a run that began before it stale',
  },
  {
    fault: 'tells its listeners what was stored before',
    plant: faulty('configuration', (real) => ({
      onDidChange: (listener) => real.onDidChange((stored) => listener({ ...stored, revision: stored.revision - 1 })),
    })),
    breaks: 'a listener is told of each commit, with what is stored',
  },
  {
    fault: 'forgets the secrets that a commit does not name',
    plant: FORGETS_SECRETS_THAT_ARE_NOT_NAMED,
    breaks: 'a commit replaces the secrets that it names, takes away those that are null and keeps the others',
  },
  {
    fault: 'cuts a secret at 64 KiB',
    plant: faulty('configuration', (real) => ({
      writeSecret: (name, value, fence) => real.writeSecret(name, value.slice(0, 65_536), fence),
    })),
    breaks: 'a secret comes back character for character, up to 1 MiB',
  },
  {
    fault: 'rotates a secret for a stale run',
    plant: faulty('configuration', (real, { latestFence }) => ({
      writeSecret: (name, value) => real.writeSecret(name, value, latestFence()),
    })),
    breaks: 'a secret is not rotated under a stale fence',
  },
  {
    fault: 'replaces a secret at any revision',
    plant: faulty('configuration', (real) => ({
      replaceSecret: async (name, value, _revision, audit) =>
        real.replaceSecret(name, value, (await real.read()).revision, audit),
    })),
    breaks: 'a person replaces a secret only at the revision that they saw, which stays',
  },
  {
    fault: 'lets a run write on after a person signed in',
    plant: lenientAfter('replaceSecret'),
    breaks: 'a secret that a person replaced is not overwritten by a run that began before',
  },
  {
    fault: 'tells nobody that a secret was replaced',
    plant: faulty('configuration', (real) => {
      let isReplacing = false;
      return {
        replaceSecret: async (name, value, revision, audit) => {
          isReplacing = true;
          const outcome = await real.replaceSecret(name, value, revision, audit);
          isReplacing = false;
          return outcome;
        },
        onDidChange: (listener) =>
          real.onDidChange((stored) => {
            if (!isReplacing) listener(stored);
          }),
      };
    }),
    breaks: 'a listener is told when a person replaced a secret',
  },
];

describe('a configuration that', () => {
  testFaults(configuration, FAULTS);
});
