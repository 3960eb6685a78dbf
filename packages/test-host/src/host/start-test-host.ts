import { access, constants, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MicrosoftServices } from '@exact/host-contracts';
import type { Microsoft365 } from '../microsoft365/microsoft365.js';
import { BreakableNetwork } from '../network/breakable-network.js';
import { openPracticeStores, type PracticeStores } from '../stores/practice-stores.js';
import { startWebServer } from '../web/server/web-server.js';
import { checkProxy, checkServers } from './endpoints.js';
import { FakeClock } from './fake-clock.js';
import { FileLogger } from './file-logger.js';
import type { Host } from './host.js';
import { startMicrosoft } from './microsoft.js';
import { watchOpenResources } from './open-resources.js';
import { PanelUser } from './panel-user.js';
import { RunningHost } from './running-host.js';
import { Situations } from './situations/situations.js';
import { StartRefusal } from './start-refusal.js';
import { SystemClock } from './system-clock.js';
import type { TestHostOptions } from './test-host-options.js';

/** A running test host. Disposing it ends all of it and throws when anything of it stays open. */
export interface TestHost extends AsyncDisposable {
  readonly host: Host;
  readonly stores: PracticeStores;
  readonly services: MicrosoftServices;
  /** `undefined` with the real one. */
  readonly microsoft365: Microsoft365 | undefined;
  /** The page; `undefined` without one. */
  readonly url: string | undefined;
  readonly dataDirectory: string;
}

const FIRST_VERSION = 'V13.706';
const SEED = {
  databaseName: 'Bright Smile Dental',
  practice: { name: 'Bright Smile Dental', emailAddress: 'old@brightsmile.example', campaignPlus: false },
};
const PAGE_DIRECTORY = fileURLToPath(new URL('../../page/', import.meta.url));

/**
 * Starts a test host with all that belongs to it.
 *
 * @throws StartRefusal when the data directory or the port can't be used, the data is of a newer program, another server
 * is not on this machine, or the proxy can't be used
 */
export async function startTestHost(options: TestHostOptions = {}): Promise<TestHost> {
  checkServers(options.servers ?? {}, options.real);
  if (options.proxy) checkProxy(options.proxy, options.real);
  await using starting = new AsyncDisposableStack();
  const openResources = watchOpenResources();
  starting.defer(() => openResources.assertNothingLeftOpen());
  const dataDirectory = await openDataDirectory(options.dataDir, starting);
  const clock = options.clock ?? new SystemClock();
  const logger = starting.use(new FileLogger(join(dataDirectory, 'host.log'), clock));
  const user = new PanelUser();
  const stores = starting.use(await openStores(options, dataDirectory, () => ({ now: clock.now(), user: user.name })));
  if (clock instanceof FakeClock) clock.settleWith(() => stores.idle());

  const microsoft = starting.use(await startMicrosoft(options, { dataDirectory, clock, logger }));
  await stores.patients.seed(microsoft.patients);
  if (options.databaseName !== undefined) await stores.database.rename(options.databaseName);

  const { own: microsoft365, services, patientMail } = microsoft;
  const network = microsoft365 && starting.use(new BreakableNetwork(services, clock));
  const host = starting.use(
    await RunningHost.start({
      version: options.hostVersion ?? FIRST_VERSION,
      plugins: [options.plugin ?? [], options.plugins ?? []].flat().map((directory) => resolve(directory)),
      endpoints: network ?? { get: () => Promise.resolve(services) },
      stores,
      user,
      clock,
      logger,
      patientMail,
      situations: new Situations(microsoft365, network),
      dataDirectory,
    }),
  );
  openResources.countRuns(() => host.openRuns);
  const page = options.web === false ? undefined : starting.use(await serve({ host, port: options.port ?? 0, logger }));
  const running = starting.move();
  return {
    host,
    stores,
    services,
    microsoft365,
    url: page?.url,
    dataDirectory,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** A directory of its own goes with the test host; mail lies in it in plain text, so it is its owner's alone. */
async function openDataDirectory(given: string | undefined, starting: AsyncDisposableStack): Promise<string> {
  if (given !== undefined) return usableDirectory(resolve(given));
  const own = await mkdtemp(join(tmpdir(), 'exact-test-host-'));
  starting.defer(() => rm(own, { recursive: true, force: true }));
  return own;
}

async function usableDirectory(directory: string): Promise<string> {
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await access(directory, constants.W_OK);
    return directory;
  } catch (cause) {
    throw new StartRefusal('data-unusable', `${directory} can't be used as a folder to write to.`, { cause });
  }
}

async function openStores(
  { real, allowRecipients, otherEmail }: TestHostOptions,
  dataDirectory: string,
  caller: Parameters<typeof openPracticeStores>[1],
): Promise<PracticeStores> {
  const allowedRecipients = real ? (allowRecipients ?? []) : allowRecipients;
  const seed = { ...SEED, ...(otherEmail !== undefined && { other: { description: otherEmail } }) };
  const opened = await openPracticeStores({ dataDirectory, allowedRecipients, seed }, caller);
  if (!('kind' in opened)) return opened;
  if (opened.kind === 'in-use') {
    throw new StartRefusal('data-in-use', `${dataDirectory} is in use by another test host.`);
  }
  const forms = `form ${opened.found}, this test host knows ${opened.known}`;
  throw new StartRefusal('data-newer', `${dataDirectory} was written by a newer test host (${forms}).`);
}

async function serve({ host, port, logger }: { host: Host; port: number; logger: FileLogger }) {
  try {
    return await startWebServer({ host, port, pageDirectory: PAGE_DIRECTORY, logger });
  } catch (error) {
    const code = Error.isError(error) && 'code' in error ? error.code : undefined;
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    const reason = code === 'EADDRINUSE' ? 'is in use' : 'is not for everybody';
    throw new StartRefusal('port-unusable', `Port ${port} ${reason}; choose another with --port.`, { cause: error });
  }
}
