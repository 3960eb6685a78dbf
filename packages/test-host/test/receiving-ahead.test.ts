import { FakeClock } from '@exact/test-host';
import { expect, test } from '@jest/globals';
import { createCertificates } from '../src/microsoft365/certificates.adapter.js';
import { systemClock } from '../src/microsoft365/clock.js';
import { MailboxRelay, ON_ANOTHER } from './mailbox-relay.js';
import { message } from './mail-servers.js';
import { ReceivingPractice } from './receiving-practice.js';

/** More than a download has in one go, so that it opens further connections. */
const MANY = 1_100;
const OTHER_CONNECTIONS = 3;
/** In the second group, so that it is a further connection’s. */
const LARGE_AT = 150;
/** Larger than what is asked for whole. */
const LARGE = Buffer.concat([message('large'), Buffer.alloc(9 * 1024 * 1024, `${'All is well. '.repeat(70)}\r\n`)]);

test('a long download opens its connections while it lists, and asks for a large message before its turn', async () => {
  await using relay = await MailboxRelay.start(await createCertificates(systemClock));
  const [open, asked] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
  let left = OTHER_CONNECTIONS;
  relay.onStep = async (step) => {
    if (step === `after the end of EXAMINE${ON_ANOTHER}` && (left -= 1) === 0) open.resolve(undefined);
    if (step === `before a part${ON_ANOTHER}`) asked.resolve(undefined);
    // Whoever opened or asked only then would wait for ever.
    if (step === 'before the end of the list') await open.promise;
    if (step === 'before the end of FETCH') await asked.promise;
    return 'goes on';
  };
  await using practice = await ReceivingPractice.open({
    clock: new FakeClock(),
    servers: { imap: { host: '127.0.0.1', port: relay.port }, ca: relay.certificates.ca },
    mail: Array.from({ length: MANY }, (_, index) => (index === LARGE_AT ? LARGE : message(`number ${String(index)}`))),
  });
  const { port, ca = '' } = practice.microsoft365.services.imap;
  relay.leadTo({ port, ca });
  await practice.inbox(MANY);
  const offset = MANY - 1 - LARGE_AT;
  const { rows } = await practice.host.stores.inbox.list({ folder: 'inbox', offset, limit: 1 });
  const raw = await practice.raw(rows[0]?.id ?? 0);
  expect(Buffer.compare(raw, LARGE)).toBe(0);
});
