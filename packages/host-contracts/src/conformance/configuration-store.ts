import { expectData, expectThat, expectTold } from './expect.js';
import type { Configuration } from '../services/configuration.js';
import type { LeasingHost } from './leasing-host.js';
import { commit } from './samples.js';
import { SECRETS } from './configuration-secrets.js';
import { type HostPromises, register, type Suite } from './suite.js';

/** A host that claims to keep the practice's email configuration. */
export interface ConfigurationHost extends LeasingHost {
  readonly configuration: Configuration;
  /** The same as another workstation reaches it; `configuration` itself where there is only one. */
  readonly configurationElsewhere: Configuration;
}

const COMMITS: HostPromises<ConfigurationHost> = {
  'nothing is configured before the first commit': async ({ configuration }) => {
    expectData('What is stored', await configuration.read(), { revision: 0, settings: undefined, changed: undefined });
  },

  'a commit replaces the settings, raises the revision by one and says who changed it': async ({ configuration }) => {
    await commit(configuration, { settings: { form: 1, gone: true } });
    const settings = { form: 2, name: 'Grüße 👋', list: [1, null, { deep: false }] };
    expectData('The outcome', await commit(configuration, { settings }), { kind: 'committed', revision: 2 });
    const stored = await configuration.read();
    expectData('What is stored', stored, { revision: 2, settings: { ...settings, gone: undefined } });
    const { by, at } = stored.changed ?? {};
    expectThat(
      typeof by === 'string' && by !== '' && typeof at === 'number',
      'It does not say who changed it and when.',
    );
  },

  'a commit at a stale revision is refused with what is stored, and changes nothing': async (host) => {
    const { configuration } = host;
    await commit(configuration, { settings: { form: 1 }, secrets: { tokens: 'first' } });
    const stored = await configuration.read();
    const fence = await host.grantLease();
    const late = { expectedRevision: 0, settings: { form: 9 }, secrets: { tokens: 'late', other: 'late' } };
    const refusal = { kind: 'refused', reason: 'stale-revision', current: stored };
    expectData('The outcome', await commit(configuration, late), refusal);
    expectData('What is stored', await configuration.read(), stored);
    const secrets = {
      tokens: await configuration.readSecret('tokens'),
      other: await configuration.readSecret('other'),
    };
    expectData('The secrets', secrets, { tokens: 'first', other: undefined });
    const outcome = await configuration.writeSecret('tokens', 'rotated', fence);
    expectData('The outcome for the run that goes on', outcome, { kind: 'done' });
  },

  'of wizards that finish at once exactly one is let through': async (host) => {
    const wizards = Array.from({ length: 6 }, (_, wizard) => {
      const configuration = wizard % 2 === 0 ? host.configuration : host.configurationElsewhere;
      return commit(configuration, { expectedRevision: 0, settings: { wizard } });
    });
    const outcomes = await Promise.all(wizards);
    const winners = [...outcomes.entries()].filter(([, { kind }]) => kind === 'committed');
    expectThat(winners.length === 1, `${winners.length} wizards were let through that opened with the same revision.`);
    const settings = { wizard: winners[0]?.[0] };
    expectData('What is stored', await host.configuration.read(), { revision: 1, settings });
  },

  'a commit makes every write of a run that began before it stale': async ({ configuration, grantLease }) => {
    const fence = await grantLease();
    await commit(configuration);
    const outcome = await configuration.writeSecret('tokens', 'rotated', fence);
    expectData('The outcome', outcome, { kind: 'refused', reason: 'stale-fence' });
    expectData('The secret', await configuration.readSecret('tokens'), undefined);
  },

  'a listener is told of each commit, with what is stored': async ({ configuration }) => {
    const told = await expectTold(
      configuration.onDidChange,
      () => commit(configuration, { settings: { form: 3 } }),
      async (value) => ({ value, stored: await configuration.read() }),
    );
    const stored = { revision: 1, settings: { form: 3 } };
    expectData('What the listener was told and saw', told, { value: stored, stored });
  },
};

/** What a host owes the contract `Configuration`. */
export function configuration(suite: Suite<ConfigurationHost>): void {
  register(suite, { ...COMMITS, ...SECRETS });
}
