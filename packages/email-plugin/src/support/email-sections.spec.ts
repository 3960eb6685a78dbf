import { describe, expect, test } from '@jest/globals';
import { FailureError, type Failure, type JsonObject, type OutboxRow } from '@exact/host-contracts';
import { failureFor } from '../failures/failures.js';
import { DEFAULT_SCHEDULE, type Settings } from '../settings/settings.js';
import { emailFacts } from './email-facts.js';
import { emailSections } from './email-sections.js';
import type { SupportServices } from './support-services.js';

const NOW = Date.parse('2026-11-23T10:00:00Z');
const PATIENT = 'alice.thornton@patients.example';

const SHARED: Settings = {
  provider: 'microsoft365',
  account: {
    key: 'microsoft365:t:info@brightsmile.example',
    address: 'info@brightsmile.example',
    displayName: 'Bright Smile Dental',
    signedIn: { homeAccountId: 'o.t', objectId: 'o', tenantId: 't', username: 'manager@brightsmile.example' },
    imapUser: 'info@brightsmile.example',
    smtpUser: 'manager@brightsmile.example',
  },
  schedule: DEFAULT_SCHEDULE,
};

const REFUSED = failureFor('smtp', `550 5.1.10 <${PATIENT}> not found: Root canal on Monday`);

const ROW: OutboxRow = {
  id: 1,
  account: 'microsoft365:t:info@brightsmile.example',
  state: 'failed',
  queuedAt: NOW,
  queuedBy: 'Front desk',
  subject: 'Root canal on Monday',
  recipients: [{ address: PATIENT, outcome: 'refused', failure: REFUSED }],
  attachmentNames: [],
  attempts: 1,
  failure: REFUSED,
};

interface Around {
  readonly settings?: Settings | Failure;
  readonly rows?: readonly OutboxRow[];
  readonly secret?: string | Failure;
}

/** A copy of the practice's database, so that no connection is tried. */
function services({ settings = SHARED, rows = [], secret }: Around): SupportServices {
  const stored = { revision: 3, settings: {}, other: undefined, changed: { by: 'Front desk', at: NOW } };
  const throwing = (failure: Failure) => Promise.reject(new FailureError(failure));
  return {
    clock: { now: () => NOW, timeZone: () => 'Europe/London', sleep: () => Promise.resolve() },
    configuration: { readSecret: () => (typeof secret === 'object' ? throwing(secret) : Promise.resolve(secret)) },
    host: {
      version: () => Promise.resolve('V13.706'),
      role: () => Promise.resolve('server'),
      database: () => Promise.resolve({ id: '1', name: 'Demo', genuineness: { genuine: false, reason: 'Demo' } }),
    },
    inbox: { cursor: () => Promise.resolve(undefined), setAside: () => Promise.resolve([]) },
    endpoints: {
      get: () =>
        Promise.resolve({
          clientId: 'c',
          authority: 'https://login.microsoftonline.com/organizations',
          imap: { host: 'outlook.office365.com', port: 993 },
          smtp: { host: 'smtp.office365.com', port: 587 },
          limits: {
            messagesPerMinute: 30,
            recipientsPerDay: 1,
            recipientsPerMessage: 1,
            attachmentsPerMessage: 1,
            messageBytes: 1,
          },
        }),
    },
    outbox: {
      counts: () => Promise.resolve({ waiting: 0, held: 0, failed: rows.length, uncertain: 0, undelivered: 0 }),
      list: () => Promise.resolve({ rows, total: rows.length }),
    },
    health: { read: () => Promise.resolve([]) },
    network: { connect: () => Promise.reject(new Error('nothing may be tried')) },
    settings: {
      read: () => ('code' in settings ? throwing(settings) : Promise.resolve({ stored, settings })),
    },
  };
}

async function fileOf(around: Around): Promise<Record<string, JsonObject>> {
  const sections = await emailSections(services(around), new AbortController().signal);
  return Object.fromEntries(sections.map(({ title, data }) => [title, data]));
}

describe('the plugin’s part of the support file', () => {
  test('says which account plays which part, not who it is', async () => {
    const file = await fileOf({ secret: 'refresh-token' });
    expect(file['Set-up']).toMatchObject({
      'domain of the practice address': 'brightsmile.example',
      'signed in as the practice address': 'no',
      'receives as the practice address': 'yes',
      'sends as who signed in': 'yes',
      'sign-in stored': 'yes',
    });
    expect(JSON.stringify(file)).not.toMatch(/@|manager|Front desk|Bright Smile|refresh-token/);
  });

  test('says why emails wait, and nothing of what or to whom', async () => {
    const file = await fileOf({ rows: [ROW, { ...ROW, id: 2 }] });
    expect(file['Outbox']).toMatchObject({ failed: 2 });
    expect(file['Outbox']?.['why']).toMatchObject([
      { state: 'failed', times: 2, code: '550 5.1.10', details: '550 5.1.10 <[address]> not found: [hidden]' },
      { state: 'recipient refused', times: 2 },
    ]);
  });

  test('tries no connection on a copy of the database', async () => {
    expect((await fileOf({}))['Connections']).toMatchObject({ tried: 'no, not the live database' });
  });

  test('says so when settings or sign-in can’t be read', async () => {
    const failure = (code: string): Failure => ({ ...REFUSED, code });
    const unreadable = await fileOf({ settings: failure('settings.unreadable') });
    expect(unreadable['Set-up']).toMatchObject({ unreadable: { code: 'settings.unreadable' } });
    expect(unreadable).not.toHaveProperty('Outbox');
    const locked = await fileOf({ secret: failure('secret.unreadable') });
    expect(locked['Set-up']).toMatchObject({ 'sign-in stored': 'secret.unreadable' });
  });
});

describe('what staff see in the diagnosis', () => {
  test('is the provider, the mailbox where it has another name, and the version', async () => {
    const names = async (settings: Settings) =>
      Object.fromEntries((await emailFacts(services({ settings }).settings)).map(({ name, value }) => [name, value]));
    expect(await names(SHARED)).toEqual({ Provider: 'Microsoft Office 365', 'Version of EXACT Email': '0.1.0' });
    const alias = { ...SHARED, account: { ...SHARED.account, imapUser: 'admin@brightsmile.example' } } as Settings;
    expect(await names(alias)).toMatchObject({ Mailbox: 'admin@brightsmile.example' });
    expect(await names({ ...SHARED, provider: 'off' })).toMatchObject({ Provider: 'none, email is off' });
  });
});
