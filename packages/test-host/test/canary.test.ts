import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Failure } from '@exact/host-contracts';
import { startTestHost, type TestHost } from '@exact/test-host';
import { expect, test } from '@jest/globals';
import { CAST_PASSWORD } from '../src/microsoft365/cast.js';
import { RECEPTION } from './identity-harness.js';
import type { Microsoft365 } from '../src/microsoft365/microsoft365.js';
import { connectMailbox, until } from './set-up-walk.js';

const PLUGIN = fileURLToPath(new URL('../../email-plugin', import.meta.url));
const PATIENT = 'Quillon Canary';
const ADDRESS = 'quillon.canary@patients.example';
const SUBJECT = 'Bleeding since Tuesday';
const TEXT = 'It hurts on the lower left.';
/** What only the practice's staff may read. */
const OF_A_PATIENT = [PATIENT, ADDRESS, SUBJECT, TEXT];

/** Every token of the stored sign-in. */
async function tokensOf({ stores }: TestHost): Promise<readonly string[]> {
  const secret = (await stores.configuration.readSecret('token-cache')) ?? '{}';
  const { cache = '' } = JSON.parse(secret) as { readonly cache?: string };
  return [...cache.matchAll(/"secret":\s*"([^"]+)"/g)].map(([, token = '']) => token);
}

/**
 * Whatever is told to those who look after the service: health, warnings, audit, failures, what became of plugins, the
 * logs of server and workstation, and what the server tells the workstation.
 */
async function toldOf({ stores, host, dataDirectory }: TestHost): Promise<string> {
  const parts = await Promise.all([
    host.emailService(),
    stores.prompts.pending(),
    stores.audit.list({ offset: 0, limit: 500 }),
    failuresOf(host),
    host.panel.state().then(({ plugins }) => plugins),
    host.supportFacts(),
  ]);
  const names = ['host.log', 'workstation.log', 'server.json'];
  const files = await Promise.all(names.map((name) => readFile(join(dataDirectory, name), 'utf8')));
  return [JSON.stringify(parts), ...files].join('\n');
}

/** Why each email of the Outbox stands there, and why each recipient was refused. */
async function failuresOf({ outbox }: TestHost['host']): Promise<readonly (Failure | undefined)[]> {
  const { rows } = await outbox.list({ view: 'outbox', offset: 0, limit: 100 });
  return rows.flatMap(({ failure, recipients }) => [failure, ...recipients.map((each) => each.failure)]);
}

async function filesOf(directory: string): Promise<readonly Buffer[]> {
  const names = (await readdir(directory)).filter((name) => name.startsWith('practice.'));
  return Promise.all(names.map((name) => readFile(join(directory, name))));
}

/** Received whole, broken and not at all. */
async function receive({ host, stores }: TestHost, { situations, mailboxes }: Microsoft365): Promise<void> {
  const header = `From: ${PATIENT} <${ADDRESS}>\r\nTo: ${RECEPTION}\r\nSubject: ${SUBJECT}\r\n`;
  const deliver = (rest: string) => mailboxes.deliver(RECEPTION, Buffer.from(header + rest));
  deliver(`Message-ID: <${ADDRESS}>\r\n\r\n${TEXT}\r\n`);
  const part = `--x\r\nContent-Type: text/html; charset="${PATIENT}"\r\nContent-Transfer-Encoding: ${SUBJECT}\r\n\r\n<p>${TEXT}`;
  deliver(`Date: ${PATIENT}\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n${part}`);
  await until(host.inbox.onDidChange, async () => {
    return (await host.inbox.list({ folder: 'inbox', offset: 0, limit: 1 })).total === 2;
  });
  situations.set(RECEPTION, { withheldUids: [3] });
  deliver(`Message-ID: <withheld-${ADDRESS}>\r\n\r\n${TEXT}\r\n`);
  await until(stores.health.onDidChange, async () => (await host.emailService()).setAside.length === 1);
  situations.set(RECEPTION, {});
}

/** Refused, in doubt, shut out, and the sign-in ended: every path that has something to say. */
async function goThroughTroubles(testHost: TestHost, own: Microsoft365, tokens: readonly string[]): Promise<void> {
  const { host, stores } = testHost;
  const { situations, identity, imap } = own;
  await receive(testHost, own);
  const stateOf = async (id: number) => (await host.outbox.read(id))?.state;
  const send = async (end: 'failed' | 'uncertain'): Promise<void> => {
    const email = { to: [{ address: ADDRESS, name: PATIENT }], subject: SUBJECT, text: TEXT, attachments: [] };
    const queued = await host.outbox.enqueue(email);
    if (queued.kind === 'off') throw new Error('Email is off');
    await until(host.outbox.onDidChange, async () => (await stateOf(queued.id)) === end);
  };
  const echo = `5.1.10 <${ADDRESS}> (${PATIENT}) not found: ${SUBJECT}, code ${tokens.join(' ')}`;
  situations.refuseRecipient(ADDRESS, { code: 550, text: echo });
  await send('failed');
  situations.acceptRecipient(ADDRESS);
  situations.set(RECEPTION, { breakAfterData: 'lost' });
  await send('uncertain');
  situations.set(RECEPTION, {});
  await identity.revoke(RECEPTION, { accessTokens: true });
  imap.breakConnections();
  await host.runCommand({ command: 'email.send-receive' });
  await until(stores.health.onDidChange, async () => (await host.emailService()).state === 'sign-in required');
}

/** The wizard's own test meets a server that repeats what it knows; gives all that its page says. */
async function testSetup({ host }: TestHost, { situations }: Microsoft365, echo: string): Promise<string> {
  const [entry] = await host.menu();
  await using frame = await host.openWizard(entry?.id ?? '');
  for (const title of ['Account Details', 'Scheduled Send and Receive', 'Test']) {
    await frame.next();
    expect((await frame.view()).page.title).toBe(title);
  }
  situations.refuseRecipient(RECEPTION, { code: 550, text: echo });
  await frame.press('run');
  await until(frame.onDidChange, async () => JSON.stringify(await frame.view()).includes('failed'));
  situations.acceptRecipient(RECEPTION);
  return JSON.stringify(await frame.view());
}

/** Somebody at another PC writes to the patient, and throws it away again. */
async function workElsewhere(dataDirectory: string): Promise<void> {
  await using workstation = await startTestHost({ plugin: PLUGIN, web: false, workstationOf: dataDirectory });
  const { outbox } = workstation.host;
  const to = [{ address: ADDRESS, name: PATIENT }];
  const queued = await outbox.enqueue({ to, subject: SUBJECT, text: TEXT, attachments: [] });
  if (queued.kind === 'off') throw new Error('Email is off');
  await outbox.stop([queued.id]);
  await workstation.host.supportFile();
}

/** It says what is wrong, and nothing of whom it is about. */
async function expectSupportFileWithoutSecrets({ host }: TestHost, tokens: readonly string[]): Promise<void> {
  const { text } = await host.supportFile();
  expect(text).toMatch(/state: recipient refused\n.*times: 1\n/);
  for (const word of ['550 5.1.10', 'send.uncertain', 'sign-in required', 'brightsmile.example', 'reached: all']) {
    expect(text).toContain(word);
  }
  const { address } = await host.emailService();
  for (const secret of [...tokens, CAST_PASSWORD, ...OF_A_PATIENT, String(address)]) expect(text).not.toContain(secret);
}

/** A practice that goes through it all; gives the tokens that it had. */
async function troubledPractice(dataDir: string): Promise<readonly string[]> {
  await using testHost = await startTestHost({ plugin: PLUGIN, web: false, dataDir, microsoft365: { sampleMail: {} } });
  await connectMailbox(testHost);
  const tokens = await tokensOf(testHost);
  const { microsoft365: own } = testHost;
  if (!own) throw new TypeError('This test needs the own Microsoft 365');
  const shown = await testSetup(testHost, own, `5.7.1 refused, code ${tokens.join(' ')} for <${ADDRESS}>`);
  expect(shown).toContain('5.7.1 refused');
  for (const secret of [...tokens, ADDRESS]) expect(shown).not.toContain(secret);
  await goThroughTroubles(testHost, own, tokens);
  await workElsewhere(dataDir);
  const told = await toldOf(testHost);
  expect(told).toContain('sign-in required');
  expect(told).toContain('5.1.10 <[address]> ([hidden]) not found: [hidden]');
  for (const secret of [...tokens, CAST_PASSWORD, ...OF_A_PATIENT]) expect(told).not.toContain(secret);
  await expectSupportFileWithoutSecrets(testHost, tokens);
  return tokens;
}

test('no token, no password and nothing of a patient gets into what is told, and no token into the database', async () => {
  await using cleanUp = new AsyncDisposableStack();
  const dataDir = await mkdtemp(join(tmpdir(), 'exact-canary-'));
  cleanUp.defer(() => rm(dataDir, { recursive: true }));
  const tokens = await troubledPractice(dataDir);
  expect(tokens.length).toBeGreaterThanOrEqual(3);
  const log = await readFile(join(dataDir, 'host.log'), 'utf8');
  expect(log).toContain('receive.failed');
  for (const secret of [...tokens, CAST_PASSWORD, ...OF_A_PATIENT]) expect(log).not.toContain(secret);
  const files = await filesOf(dataDir);
  expect(files.some((file) => file.includes(SUBJECT))).toBe(true);
  for (const token of tokens) expect(files.filter((file) => file.includes(token))).toEqual([]);
});
