import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { CAST_PASSWORD } from '../src/microsoft365/cast.js';
import {
  OWN_CLIENT_ID,
  startMicrosoft365,
  type Microsoft365,
  type Microsoft365Options,
} from '../src/microsoft365/microsoft365.js';
import { IdentityBrowser } from './identity-browser.js';
import { imapClient } from './imapflow.adapter.js';
import { ALICE, message, RECEPTION } from './mail-servers.js';
import { msalApp } from './msal-node.adapter.js';
import { submit } from './nodemailer.adapter.js';

function start(options: Partial<Microsoft365Options> = {}): Promise<Microsoft365> {
  return startMicrosoft365({
    reportError: (error) => {
      throw error;
    },
    ...options,
  });
}

/** Reception signs in as a person does, and gets an access token of the real identity provider. */
async function accessToken(microsoft365: Microsoft365): Promise<string> {
  const app = msalApp(OWN_CLIENT_ID, microsoft365.services.authorityMetadata ?? '');
  const browser = new IdentityBrowser();
  const walk = async () => {
    await browser.press('Use another account');
    await browser.press('Next', { Email: RECEPTION });
    await browser.press('Sign in', { Password: CAST_PASSWORD });
    await browser.press('Accept');
  };
  const result = await app.signIn((url) => browser.open(url), walk);
  return result.accessToken;
}

describe('the own Microsoft 365', () => {
  test('one sign-in opens the mailbox with its 300 messages and sends to a patient', async () => {
    await using microsoft365 = await start();
    const { imap, smtp } = microsoft365.services;
    const token = await accessToken(microsoft365);
    const client = imapClient({ port: imap.port, ca: imap.ca ?? '', user: RECEPTION, accessToken: token });
    await client.connect();
    expect(await client.mailboxOpen('INBOX', { readOnly: true })).toMatchObject({ exists: 300 });
    await client.logout();
    const login = { port: smtp.port, ca: smtp.ca ?? '', user: RECEPTION, accessToken: token };
    await submit(login, { from: RECEPTION, to: [ALICE], raw: message('hello', RECEPTION, ALICE).toString() });
    expect(microsoft365.mailboxes.messages(ALICE)).toHaveLength(1);
  });

  test('a restart finds the mail as it was, and adds no sample mail a second time', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'exact-microsoft365-'));
    try {
      const before = await contentsAfter(dataDir, (mailboxes) => mailboxes.deliver(RECEPTION, message('kept')));
      const after = await contentsAfter(dataDir, () => undefined);
      expect(after).toEqual(before);
      expect(after.messages.at(-1)).toMatch(/Subject: kept/);
    } finally {
      await rm(dataDir, { recursive: true });
    }
  });
});

async function contentsAfter(dataDir: string, work: (mailboxes: Microsoft365['mailboxes']) => unknown) {
  await using microsoft365 = await start({ dataDir, sampleMail: { [RECEPTION]: 3 } });
  work(microsoft365.mailboxes);
  const folder = microsoft365.mailboxes.of(RECEPTION)?.folder('INBOX');
  return {
    uidValidity: folder?.uidValidity,
    uidNext: folder?.uidNext,
    messages: folder?.messages.map((each) => Buffer.from(each.raw()).toString('latin1')) ?? [],
  };
}

describe('patients', () => {
  test('write to the practice, and answer what it wrote', async () => {
    await using microsoft365 = await start({ sampleMail: {} });
    const { mailboxes, patients } = microsoft365;
    expect(await patients.answer('patient-1')).toEqual({ kind: 'nothing-to-answer' });
    patients.write('patient-7', { subject: '予約', text: 'こんにちは' });
    mailboxes.deliver(ALICE, message('invitation', RECEPTION, ALICE));
    expect(await patients.answer('patient-1')).toEqual({ kind: 'answered' });
    const [written, answer] = mailboxes.messages(RECEPTION).map((each) => Buffer.from(each.raw()).toString());
    expect(written).toMatch(/^From: =\?utf-8\?B\?\S+ <hanako\.yamada@patients\.example>\r$/m);
    expect(answer).toMatch(/^In-Reply-To: <invitation@test>\r\nReferences: <invitation@test>\r$/m);
    expect(answer).toMatch(/^> invitation\r$/m);
  });
});
