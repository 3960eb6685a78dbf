import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LogData } from '@exact/host-contracts';
import { startWebServer, type WebServer } from '../../src/web/server/web-server.js';
import { FakeHost } from './fake-host.js';

/** A server with a fake host behind it. */
export interface Served extends AsyncDisposable {
  readonly host: FakeHost;
  readonly server: WebServer;
  readonly url: string;
  /** What the server wrote to the log. */
  readonly log: { readonly event: string; readonly data: LogData | undefined }[];
}

/** Serves the built page of that folder, or one without anything on it. */
export async function serve(builtPage?: string): Promise<Served> {
  await using opened = new AsyncDisposableStack();
  const pageDirectory = builtPage ?? (await emptyPage(opened));
  const log: Served['log'] = [];
  const write = (event: string, data?: LogData): void => {
    log.push({ event, data });
  };
  const host = new FakeHost();
  const logger = { info: write, warn: write, error: write };
  const server = opened.use(await startWebServer({ host, port: 0, pageDirectory, logger }));
  const stack = opened.move();
  return { host, server, url: server.url, log, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

async function emptyPage(opened: AsyncDisposableStack): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'exact-page-'));
  opened.defer(() => rm(directory, { recursive: true }));
  await mkdir(join(directory, 'assets'));
  await writeFile(join(directory, 'index.html'), '<!doctype html><html><head></head><body></body></html>');
  return directory;
}
