import { resolve } from 'node:path';
import { FakeClock } from './fake-clock.js';
import { noServer, openStores, type Place, type Surroundings } from './place.js';
import { EndpointsOfServer, readServerFacts } from './server-file.js';
import { ServerWatch } from './server-watch.js';
import { Situations } from './situations/situations.js';

/** @throws StartRefusal when no server has written into that directory */
export async function directoryOfServer(given: string): Promise<string> {
  const directory = resolve(given);
  if (!(await readServerFacts(directory))) throw noServer(directory);
  return directory;
}

/**
 * Opens a practice beside its running server: the same database, the same Microsoft 365. Nothing is started here.
 *
 * @throws StartRefusal when no server runs there
 */
export async function openWorkstation(around: Surroundings): Promise<Place> {
  const { dataDirectory, clock } = around;
  const facts = await readServerFacts(dataDirectory);
  if (!facts) throw noServer(dataDirectory);
  await using opening = new AsyncDisposableStack();
  const stores = opening.use(await openStores({ seed: undefined, allowedRecipients: facts.allowedRecipients }, around));
  if (clock instanceof FakeClock) clock.settleWith(() => stores.idle());
  const server = opening.use(new ServerWatch(dataDirectory));
  const open = opening.move();
  return {
    role: 'workstation',
    stores,
    endpoints: new EndpointsOfServer(dataDirectory),
    microsoft365: undefined,
    patientMail: undefined,
    situations: new Situations(undefined, undefined, undefined),
    isServerRunning: () => server.isRunning,
    onDidChangeServer: server.onDidChange,
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}
