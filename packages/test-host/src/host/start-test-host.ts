import { access, constants, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MicrosoftServices } from '@exact/host-contracts';
import type { Microsoft365 } from '../microsoft365/microsoft365.js';
import type { PracticeStores } from '../stores/practice-stores.js';
import { startWebServer } from '../web/server/web-server.js';
import { checkProxy, checkServers } from './endpoints.js';
import { FileLogger } from './file-logger.js';
import type { Host } from './host.js';
import { watchOpenResources } from './open-resources.js';
import { PanelUser } from './panel-user.js';
import { RunningHost } from './running-host.js';
import { MovableClock } from './movable-clock.js';
import { openServer } from './server-place.js';
import { StartRefusal } from './start-refusal.js';
import { SystemClock } from './system-clock.js';
import type { TestHostOptions } from './test-host-options.js';
import { directoryOfServer, openWorkstation } from './workstation-place.js';

/** A running test host. Disposing it ends all of it and throws when anything of it stays open. */
export interface TestHost extends AsyncDisposable {
  readonly host: Host;
  readonly stores: PracticeStores;
  readonly services: MicrosoftServices;
  /** `undefined` with the real one, and at a workstation. */
  readonly microsoft365: Microsoft365 | undefined;
  /** The page; `undefined` without one. */
  readonly url: string | undefined;
  readonly dataDirectory: string;
}

const FIRST_VERSION = 'V13.706';
const PAGE_DIRECTORY = fileURLToPath(new URL('../../page/', import.meta.url));

/**
 * Starts a test host with all that belongs to it: the server of a practice, or a workstation beside a running one.
 *
 * @throws StartRefusal when the data directory or the port can't be used, the data is of another version, another server
 * is not on this machine, the proxy can't be used, or the server of a workstation does not run
 */
export async function startTestHost(options: TestHostOptions = {}): Promise<TestHost> {
  const { workstationOf } = options;
  checkServers(options.servers ?? {}, options.real);
  if (options.proxy) checkProxy(options.proxy, options.real);
  await using starting = new AsyncDisposableStack();
  const openResources = watchOpenResources();
  starting.defer(() => openResources.assertNothingLeftOpen());
  const isServer = workstationOf === undefined;
  const dataDirectory = await (isServer
    ? openDataDirectory(options.dataDir, starting)
    : directoryOfServer(workstationOf));
  const clock = options.clock ?? new MovableClock(new SystemClock());
  const log = isServer ? 'host.log' : 'workstation.log';
  const logger = starting.use(new FileLogger(join(dataDirectory, log), clock));
  const common = { dataDirectory, clock, logger, user: new PanelUser(options.user) };
  const place = starting.use(await (isServer ? openServer(options, common) : openWorkstation(common)));

  const host = starting.use(
    await RunningHost.start({
      ...place,
      ...common,
      version: options.hostVersion ?? FIRST_VERSION,
      plugins: [options.plugin ?? [], options.plugins ?? []].flat().map((directory) => resolve(directory)),
    }),
  );
  openResources.countRuns(() => host.openRuns);
  const page = options.web === false ? undefined : starting.use(await serve({ host, port: options.port ?? 0, logger }));
  const services = await place.endpoints.get();
  const running = starting.move();
  return {
    host,
    stores: place.stores,
    services,
    microsoft365: place.microsoft365,
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
