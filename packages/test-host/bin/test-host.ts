#!/usr/bin/env node
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { hasDesktop, openInBrowser } from '../src/host/open-in-browser.js';
import { StartRefusal } from '../src/host/start-refusal.js';
import type { TestHost } from '../src/host/start-test-host.js';
import type { TestHostOptions } from '../src/host/test-host-options.js';
import { type CommandLineOptions, HELP, readCommandLine } from '../src/options.js';

const WRONG_OPTIONS = 2;
/** How long an orderly end may take before it ends anyway; a kill at any moment does no harm. Milliseconds. */
const END_LIMIT = 4_500;

function fromCommandLine(options: CommandLineOptions): TestHostOptions {
  const { imap, smtp, ca, proxy, clientId, tenant, allowRecipients, user } = options;
  return {
    plugin: dirname(createRequire(import.meta.url).resolve('@exact/email-plugin/package.json')),
    port: options.port,
    ...(options.workstation ? { workstationOf: options.data } : { dataDir: options.data }),
    ...(user !== undefined && { user }),
    hostVersion: options.hostVersion,
    servers: {
      ...(imap && { imap }),
      ...(smtp && { smtp }),
      ...(ca !== undefined && { ca: readFileSync(ca, 'utf8') }),
    },
    ...(proxy !== undefined && { proxy: { url: proxy } }),
    ...(clientId !== undefined && { real: { clientId, ...(tenant !== undefined && { tenant }) } }),
    ...(allowRecipients.length > 0 && { allowRecipients }),
  };
}

/** What a developer needs to know of this start, one plain line each. */
function introduction(
  { microsoft365, services, dataDirectory }: TestHost,
  { allowRecipients: allowed, workstation, user = '' }: CommandLineOptions,
): readonly string[] {
  if (workstation) return [`A workstation of the practice in ${dataDirectory}, its user is ${user}`];
  const { imap, smtp } = services;
  const servers = `IMAP ${imap.host}:${imap.port}, SMTP ${smtp.host}:${smtp.port}`;
  const data = [
    `Mail lies in plain text under ${dataDirectory}`,
    `Sign-ins are encrypted with AES-256-GCM; the key is ${join(dataDirectory, 'secrets.key')}, where Windows would use DPAPI`,
  ];
  if (!microsoft365) {
    const who = allowed.length > 0 ? allowed.join(', ') : 'nobody (see --allow-recipient)';
    return [`The real Microsoft 365: ${servers}`, `Emails go only to: ${who}`, ...data];
  }
  const ca = join(dataDirectory, 'microsoft365-ca.pem');
  writeFileSync(ca, microsoft365.services.imap.ca ?? '');
  return [
    `Own Microsoft 365: sign-in at ${microsoft365.identity.url}, tokens explained at ${microsoft365.identity.url}/introspect?token=`,
    `Mail servers: ${servers}; certificates by ${ca}`,
    ...data,
  ];
}

async function start(options: CommandLineOptions): Promise<void> {
  // Only now, so that a wrong option is answered at once.
  const { startTestHost } = await import('../src/host/start-test-host.js');
  const testHost = await startTestHost(fromCommandLine(options));
  let isEnding = false;
  const end = (): void => {
    if (isEnding) return;
    isEnding = true;
    setTimeout(() => process.exit(1), END_LIMIT).unref();
    testHost[Symbol.asyncDispose]().then(
      () => process.exit(0),
      (error: unknown) => {
        complain(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  for (const line of introduction(testHost, options)) console.log(line);
  const url = testHost.url ?? '';
  if (options.open && hasDesktop()) openInBrowser(url, () => console.log('Open the page yourself:'));
  console.log(`Test host ready at ${url}`);
}

function complain(error: unknown): void {
  console.error(Error.isError(error) ? error.message : error);
}

const commandLine = readCommandLine(process.argv.slice(2));
if (commandLine.kind === 'help') {
  console.log(HELP);
} else if (commandLine.kind === 'refused') {
  console.error(commandLine.problem);
  process.exitCode = WRONG_OPTIONS;
} else {
  try {
    await start(commandLine.options);
  } catch (error) {
    if (!(error instanceof StartRefusal)) throw error;
    console.error(error.message);
    process.exitCode = WRONG_OPTIONS;
  }
}
