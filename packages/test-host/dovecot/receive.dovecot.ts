import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { startTestHost, type TestHost } from '@exact/test-host';
import { describe, expect, test } from '@jest/globals';
import { createCertificates } from '../src/microsoft365/certificates.adapter.js';
import { systemClock } from '../src/microsoft365/clock.js';
import { generateMailbox, type GeneratedMessage } from '../src/microsoft365/sample-mail/generate-mailbox.js';
import { connectMailbox, until } from '../test/set-up-walk.js';
import { Dovecot, freePort } from './support/dovecot.js';

const PLUGIN = fileURLToPath(new URL('../../email-plugin', import.meta.url));
const START = Date.UTC(2026, 0, 5, 8);
const FIRST = 2000;
const MORE = 100;

describe('receiving from Dovecot', () => {
  test('brings in 2,000 messages byte for byte, then 100 more, and changes nothing at the server', async () => {
    const certificates = await createCertificates(systemClock);
    const port = await freePort();
    await using testHost = await startTestHost({
      plugin: PLUGIN,
      web: false,
      microsoft365: { sampleMail: {} },
      servers: { imap: { host: '127.0.0.1', port }, ca: certificates.ca },
    });
    const identity = testHost.microsoft365?.identity.url ?? '';
    await using dovecot = await Dovecot.start({
      port,
      certificate: certificates.server,
      introspectionUrl: `${new URL('introspect?token=', identity).href}`,
    });
    const messages = [...generateMailbox({ seed: 2000, count: FIRST + MORE, start: START })];
    await dovecot.inbox.deliver(messages.slice(0, FIRST));

    await connectMailbox(testHost);
    await untilReceived(testHost, FIRST);
    expect(await storedDigests(testHost)).toEqual(digestsOf(messages.slice(0, FIRST)));

    await dovecot.inbox.deliver(messages.slice(FIRST));
    await testHost.host.runCommand({ command: 'email.send-receive' });
    await untilReceived(testHost, FIRST + MORE);
    expect(await storedDigests(testHost)).toEqual(digestsOf(messages));
    expect(await dovecot.inbox.state()).toEqual({ messages: FIRST + MORE, flags: [] });
  }, 600_000);
});

function untilReceived({ host }: TestHost, count: number): Promise<void> {
  return until(host.inbox.onDidChange, async () => {
    const { total } = await host.inbox.list({ folder: 'inbox', offset: 0, limit: 1 });
    return total >= count;
  });
}

/** Of what the store holds, sorted. */
async function storedDigests({ host }: TestHost): Promise<readonly string[]> {
  const digests: string[] = [];
  for (let offset = 0; ;) {
    const { rows } = await host.inbox.list({ folder: 'inbox', offset, limit: 500 });
    if (rows.length === 0) return digests.sort();
    for (const { id, size } of rows) digests.push(digest(await host.inbox.raw(id, 0, size + 1)));
    offset += rows.length;
  }
}

function digestsOf(messages: readonly GeneratedMessage[]): readonly string[] {
  return messages.map(({ raw }) => digest(raw)).sort();
}

function digest(raw: Uint8Array): string {
  return createHash('sha256').update(raw).digest('hex');
}
