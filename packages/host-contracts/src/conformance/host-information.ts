import { parseHostVersion } from '../host-version.js';
import type { HostInformation } from '../services/host-information.js';
import { expectData, expectThat } from './expect.js';
import { type HostPromises, register, type Suite } from './suite.js';

/** A host that claims to know where it runs. */
export interface HostInformationHost extends AsyncDisposable {
  readonly hostInformation: HostInformation;
  /** Makes the database the live one of the practice, or one that is not, while the host runs. */
  readonly setGenuine: (genuine: boolean) => Promise<void>;
}

const INFORMATION: HostPromises<HostInformationHost> = {
  'the version can be read': async ({ hostInformation }) => {
    const version = await hostInformation.version();
    expectThat(parseHostVersion(version) !== undefined, `"${version}" is no host version.`);
  },

  'the database has an id that stays': async ({ hostInformation, setGenuine }) => {
    const { id } = await hostInformation.database();
    expectThat(id !== '', 'The id of the database is empty.');
    await setGenuine(false);
    expectData('The id asked for again', (await hostInformation.database()).id, id);
  },

  'whether the database is genuine is told as it is at the moment, with the reason when it is not': async (host) => {
    await host.setGenuine(false);
    const { genuineness } = await host.hostInformation.database();
    expectThat(!genuineness.genuine && genuineness.reason !== '', 'It does not say why the database is not genuine.');
    await host.setGenuine(true);
    expectData('The database', await host.hostInformation.database(), { genuineness: { genuine: true } });
  },

  'it is a server or a workstation': async ({ hostInformation }) => {
    const role: string = await hostInformation.role();
    expectThat(role === 'server' || role === 'workstation', `"${role}" is neither.`);
  },
};

/** What a host owes the contract `HostInformation`. */
export function hostInformation(suite: Suite<HostInformationHost>): void {
  register(suite, INFORMATION);
}
