import type { ConfigurationHost } from './configuration-store.js';
import { expectData, expectThat, expectTold } from './expect.js';
import { commit } from './samples.js';
import type { HostPromises } from './suite.js';

/** The largest secret, in bytes: a cache of tokens. */
const LARGEST = 1024 * 1024;

export const SECRETS: HostPromises<ConfigurationHost> = {
  'a commit replaces the secrets that it names, takes away those that are null and keeps the others': async (host) => {
    const { configuration } = host;
    await commit(configuration, { secrets: { one: '1', two: '2', three: '3' } });
    await commit(configuration, { secrets: { one: null, two: 'new' } });
    const names = ['one', 'two', 'three', 'never'];
    const secrets = await Promise.all(names.map((name) => configuration.readSecret(name)));
    expectData('The secrets', secrets, [undefined, 'new', '3', undefined]);
  },

  'a secret comes back character for character, up to 1 MiB': async ({ configuration, grantLease }) => {
    const fence = await grantLease();
    const [large, strange] = ['x'.repeat(LARGEST), '"Grüße"\u0000\r\n👋\\'];
    await configuration.writeSecret('large', large, fence);
    await configuration.writeSecret('strange', strange, fence);
    expectThat((await configuration.readSecret('large')) === large, 'A secret of 1 MiB did not come back.');
    expectData('The other secret', await configuration.readSecret('strange'), strange);
  },

  'a secret is not rotated under a stale fence': async ({ configuration, grantLease }) => {
    const ended = await grantLease();
    const fence = await grantLease();
    expectData('The outcome', await configuration.writeSecret('tokens', 'rotated', fence), { kind: 'done' });
    const late = await configuration.writeSecret('tokens', 'late', ended);
    expectData('The outcome of the stale run', late, { kind: 'refused', reason: 'stale-fence' });
    expectData('The secret', await configuration.readSecret('tokens'), 'rotated');
  },

  'a person replaces a secret only at the revision that they saw, which stays': async ({ configuration }) => {
    await commit(configuration, { secrets: { tokens: 'first' } });
    const late = await configuration.replaceSecret('tokens', 'late', 0, []);
    expectData('The outcome', late, { kind: 'refused', reason: 'stale-revision', current: { revision: 1 } });
    expectData('The secret', await configuration.readSecret('tokens'), 'first');
    const outcome = await configuration.replaceSecret('tokens', 'second', 1, []);
    expectData('The outcome', outcome, { kind: 'committed', revision: 1 });
    expectData('The replaced secret', await configuration.readSecret('tokens'), 'second');
  },

  'a secret that a person replaced is not overwritten by a run that began before': async (host) => {
    const { configuration } = host;
    await commit(configuration);
    const fence = await host.grantLease();
    await configuration.replaceSecret('tokens', 'second', 1, []);
    const outcome = await configuration.writeSecret('tokens', 'rotated', fence);
    expectData('The outcome', outcome, { kind: 'refused', reason: 'stale-fence' });
    expectData('The secret', await configuration.readSecret('tokens'), 'second');
  },

  'a listener is told when a person replaced a secret': async ({ configuration }) => {
    await commit(configuration);
    const seen = await expectTold(
      configuration.onDidChange,
      () => configuration.replaceSecret('tokens', 'second', 1, []),
      () => configuration.readSecret('tokens'),
    );
    expectData('What the listener saw', seen, 'second');
  },
};
