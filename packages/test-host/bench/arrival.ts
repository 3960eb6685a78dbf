import type { TestHost } from '@exact/test-host';
import { startTestHost } from '@exact/test-host';
import { fileURLToPath } from 'node:url';
import { generateMailbox, type GeneratedMessage } from '../src/microsoft365/sample-mail/generate-mailbox.js';
import { RECEPTION } from '../test/identity-harness.js';
import { connectMailbox, until } from '../test/set-up-walk.js';
import { TestPage } from '../test/web-support/web-client.js';
import { PracticeMailbox } from './support/practice-mailbox.js';

// From delivery into the mailbox to the store and to a page that shows it, one email after another.

const COUNT = process.argv.includes('--quick') ? 10 : 50;
const PLUGIN = fileURLToPath(new URL('../../email-plugin', import.meta.url));
const START = Date.UTC(2026, 0, 5, 8);

/** How long one email took, milliseconds. */
interface Arrival {
  readonly toStore: number;
  readonly toPage: number;
}

/** Delivers one message after another, each when the one before is on the page. */
async function measure(
  testHost: TestHost,
  deliver: (message: GeneratedMessage) => unknown,
): Promise<readonly Arrival[]> {
  await untilIdle(testHost);
  await using page = await TestPage.open(testHost.url ?? '');
  const { inbox } = testHost.host;
  const count = async (): Promise<number> => (await inbox.list({ folder: 'inbox', offset: 0, limit: 1 })).total;
  const arrivals: Arrival[] = [];
  for (const message of generateMailbox({ seed: 50, count: COUNT, start: START })) {
    const before = await count();
    page.events.length = 0;
    const start = performance.now();
    const since = (): number => performance.now() - start;
    const stored = until(inbox.onDidChange, async () => (await count()) > before).then(since);
    const shown = page.event('inbox').then(since);
    await deliver(message);
    arrivals.push({ toStore: await stored, toPage: await shown });
  }
  return arrivals;
}

/** The mailbox has been received and is being watched. */
function untilIdle({ stores }: TestHost): Promise<void> {
  return until(stores.health.onDidChange, async () => {
    const reports = await stores.health.read();
    return reports.some(({ part, state, download }) => part === 'receive' && state === 'working' && !download);
  });
}

function print(server: string, arrivals: readonly Arrival[]): void {
  for (const [where, times] of [
    ['to the store', arrivals.map(({ toStore }) => toStore)],
    ['to the page', arrivals.map(({ toPage }) => toPage)],
  ] as const) {
    const sorted = times.toSorted((a, b) => a - b);
    const [median, least, most] = [sorted[Math.floor(sorted.length / 2)], sorted[0], sorted.at(-1)];
    const cells = [median, least, most].map((each) => (each ?? NaN).toFixed(0).padStart(10));
    console.log(`${cells.join('')}  ${server}, ${where}`);
  }
}

console.log(`\nArrival with IDLE: ${COUNT.toString()} emails, one after another`);
console.log(['median ms', 'least', 'most'].map((cell) => cell.padStart(10)).join(''));
{
  await using testHost = await startTestHost({ plugin: PLUGIN, microsoft365: { sampleMail: {} } });
  await connectMailbox(testHost);
  const mailboxes = testHost.microsoft365?.mailboxes;
  print('own Microsoft 365', await measure(testHost, ({ raw }) => mailboxes?.deliver(RECEPTION, raw)));
}
if (process.argv.includes('--dovecot')) {
  await using mailbox = await PracticeMailbox.open();
  await using testHost = await startTestHost({ ...(await mailbox.copy(mailbox.port)), web: true });
  print('Dovecot', await measure(testHost, (message) => mailbox.deliver([message])));
}
