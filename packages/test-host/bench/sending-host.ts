import { setTimeout } from 'node:timers/promises';
import { startTestHost, type TestHostOptions } from '@exact/test-host';
import { RECEPTION } from '../test/identity-harness.js';
import { connectMailbox } from '../test/set-up-walk.js';
import { bulkMail } from './support/bulk-mail.js';
import { measured } from './support/measured.js';

/** How often the Outbox is looked at, milliseconds: at each change it would be part of what is measured. */
const LOOK_EVERY = 20;

// Sends so many emails out of the real Outbox, beside others that wait for later, then says in one line of JSON what that took.
const [options = '', count = '', others = ''] = process.argv.slice(2);
await using testHost = await startTestHost(JSON.parse(options) as TestHostOptions);
const { host } = testHost;
await connectMailbox(testHost, { 'send-immediately': false, delay: 0 });
const later = Date.now() + 24 * 60 * 60_000;
for (const { to, subject, text } of bulkMail(RECEPTION, Number(others))) {
  await host.outbox.enqueue({ to: [{ address: to }], subject, text, attachments: [], notBefore: later });
}
for (const { to, subject, text } of bulkMail(RECEPTION, Number(count))) {
  await host.outbox.enqueue({ to: [{ address: to }], subject, text, attachments: [] });
}
const result = await measured(async () => {
  await host.runCommand({ command: 'email.send-receive' });
  do await setTimeout(LOOK_EVERY);
  while (!(await isAllSent()));
});
process.stdout.write(`${JSON.stringify(result)}\n`);

async function isAllSent(): Promise<boolean> {
  const { total } = await host.outbox.list({ view: 'sent', offset: 0, limit: 1 });
  return total >= Number(count);
}
