import { Emitter } from '../stores/emitter.js';
import { BreakableNetwork } from '../network/breakable-network.js';
import { startMicrosoft } from './microsoft.js';
import { FakeClock } from './fake-clock.js';
import { MovableClock } from './movable-clock.js';
import { openStores, type Place, type Surroundings } from './place.js';
import { ServerFile } from './server-file.js';
import { Situations } from './situations/situations.js';
import type { TestHostOptions } from './test-host-options.js';

const SEED = {
  databaseName: 'Bright Smile Dental',
  practice: { name: 'Bright Smile Dental', emailAddress: 'old@brightsmile.example', campaignPlus: false },
};

/** Begins or opens the practice of the data directory, starts its Microsoft 365, and tells workstations where that is. */
export async function openServer(options: TestHostOptions, around: Surroundings): Promise<Place> {
  await using starting = new AsyncDisposableStack();
  const { dataDirectory, clock, logger } = around;
  const { real, allowRecipients, otherEmail, databaseName } = options;
  const allowedRecipients = real ? (allowRecipients ?? []) : allowRecipients;
  const seed = { ...SEED, ...(otherEmail !== undefined && { other: { description: otherEmail } }) };
  const stores = starting.use(await openStores({ allowedRecipients, seed }, around));
  if (clock instanceof FakeClock) clock.settleWith(() => stores.idle());

  const microsoft = starting.use(await startMicrosoft(options, { dataDirectory, clock, logger }));
  await stores.patients.seed(microsoft.patients);
  if (databaseName !== undefined) await stores.database.rename(databaseName);

  const { own: microsoft365, services, patientMail } = microsoft;
  const network = microsoft365 && starting.use(new BreakableNetwork(services, clock));
  const endpoints = network ?? { get: () => Promise.resolve(services) };
  const situations = new Situations(microsoft365, network, clock instanceof MovableClock ? clock : undefined);
  const file = starting.use(new ServerFile(dataDirectory, endpoints, allowedRecipients));
  await file.write();
  const subscription = situations.onDidChange(() => {
    file.write().catch((error: unknown) => {
      logger.error('server-file.failed', { message: Error.isError(error) ? error.message : String(error) });
    });
  });
  starting.defer(() => {
    subscription.dispose();
  });
  const running = starting.move();
  return {
    role: 'server',
    stores,
    endpoints,
    microsoft365,
    patientMail,
    situations,
    isServerRunning: () => true,
    onDidChangeServer: new Emitter<undefined>().event,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}
