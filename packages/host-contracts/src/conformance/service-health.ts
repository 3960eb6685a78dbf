import type { HealthReport, ServiceHealth } from '../services/service-health.js';
import { expectData, expectTold } from './expect.js';
import type { LeasingHost } from './leasing-host.js';
import { ARRIVAL, DOWNLOAD, FAILURE } from './samples.js';
import { type HostPromises, register, type Suite } from './suite.js';

/** A host that claims to remember how the service fares. */
export interface ServiceHealthHost extends LeasingHost {
  readonly health: ServiceHealth;
}

async function partsOf(health: ServiceHealth): Promise<Partial<Record<HealthReport['part'], HealthReport>>> {
  return Object.fromEntries((await health.read()).map((report) => [report.part, report]));
}

const HEALTH: HostPromises<ServiceHealthHost> = {
  'there is no report before the first': async ({ health }) => {
    expectData('The reports', await health.read(), []);
  },

  'a report replaces that of its part, and only that': async ({ health, grantLease }) => {
    const fence = await grantLease();
    await health.report({ part: 'send', state: 'working', waiting: 2 }, fence);
    await health.report({ part: 'receive', state: 'working', activity: 'Downloading' }, fence);
    await health.report({ part: 'receive', state: 'needs attention', failure: FAILURE }, fence);
    expectData('The reports', await partsOf(health), {
      send: { state: 'working', waiting: 2 },
      receive: { state: 'needs attention', failure: FAILURE, activity: undefined },
    });
  },

  'how far a download is comes as it was reported, and goes with the next report': async ({ health, grantLease }) => {
    const fence = await grantLease();
    const download = { ...DOWNLOAD, bytesPerSecond: 2_000_000, secondsLeft: 700 };
    await health.report({ part: 'receive', state: 'working', download }, fence);
    expectData('The reports', await health.read(), [{ part: 'receive', state: 'working', download }]);
    await health.report({ part: 'receive', state: 'working' }, fence);
    expectData('The reports', await partsOf(health), { receive: { state: 'working', download: undefined } });
  },

  'the time of the last email stays when a report does not give it': async ({ health, grantLease }) => {
    const fence = await grantLease();
    await health.report({ part: 'receive', state: 'working', lastAt: ARRIVAL }, fence);
    await health.report({ part: 'receive', state: 'sign-in required' }, fence);
    expectData('The reports', await health.read(), [{ state: 'sign-in required', lastAt: ARRIVAL }]);
  },

  'a report under a stale fence changes nothing': async ({ health, grantLease }) => {
    const ended = await grantLease();
    await health.report({ part: 'send', state: 'working' }, await grantLease());
    await health.report({ part: 'send', state: 'sign-in required' }, ended);
    expectData('The reports', await health.read(), [{ part: 'send', state: 'working' }]);
  },

  'a listener is told of a report after it is stored': async ({ health, grantLease }) => {
    const fence = await grantLease();
    const seen = await expectTold(
      health.onDidChange,
      () => health.report({ part: 'send', state: 'off' }, fence),
      () => health.read(),
    );
    expectData('What the listener saw', seen, [{ part: 'send', state: 'off' }]);
  },
};

/** What a host owes the contract `ServiceHealth`. */
export function serviceHealth(suite: Suite<ServiceHealthHost>): void {
  register(suite, HEALTH);
}
