import { randomBytes } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { account, ACCOUNT, batch, failure, message, newEmail, START, StoresHarness, USER } from './stores-harness.js';

const question = { id: 'question', title: 'Practice Information', text: 'Update?', choices: [{ text: 'Yes' }] };
const ALL = { offset: 0, limit: 500 };
const audit = [{ subject: 'email.account', title: 'Account', before: null, after: ACCOUNT }];

describe('Finish', () => {
  test('stores settings, account, secrets, question and audit at once, over a restart', async () => {
    await using harness = await StoresHarness.open();
    const outcome = await harness.commit({ account, secrets: { tokens: 'cache' }, prompt: question, audit });
    expect(outcome).toEqual({ kind: 'committed', revision: 1 });
    await harness.close();
    await harness.reopen();
    const { configuration, prompts, audit: log } = harness.stores;
    expect(await configuration.read()).toEqual({
      revision: 1,
      settings: { form: 1 },
      other: undefined,
      changed: { by: USER, at: START },
    });
    expect(await configuration.account()).toEqual(account);
    expect(await configuration.readSecret('tokens')).toBe('cache');
    expect(await prompts.pending()).toEqual([question]);
    expect(await log.list(ALL)).toEqual({ rows: [{ id: 1, ...audit[0], by: USER, at: START }], total: 1 });
  });

  test('changes nothing at all when somebody committed since the wizard opened', async () => {
    await using harness = await StoresHarness.openConnected();
    const before = await harness.stores.configuration.read();
    const fence = await harness.lease();
    const outcome = await harness.commit({
      expectedRevision: 0,
      account: undefined,
      secrets: { tokens: 'cache' },
      prompt: question,
      audit,
    });
    expect(outcome).toEqual({ kind: 'refused', reason: 'stale-revision', current: before });
    const { configuration, prompts, audit: log } = harness.stores;
    expect(await configuration.read()).toEqual(before);
    expect(await configuration.account()).toEqual(account);
    expect(await configuration.readSecret('tokens')).toBeUndefined();
    expect(await prompts.pending()).toEqual([]);
    expect(await log.list(ALL)).toEqual({ rows: [], total: 0 });
    expect(await configuration.writeSecret('tokens', 'rotated', fence)).toEqual({ kind: 'done' });
  });

  test('changes nothing at all when a part of it can’t be stored', async () => {
    await using harness = await StoresHarness.open();
    const finishing = harness.commit({ account, secrets: { small: 'x', large: 'x'.repeat(1024 * 1024 + 1) } });
    await expect(finishing).rejects.toThrow(RangeError);
    expect(await harness.stores.configuration.read()).toMatchObject({ revision: 0, settings: undefined });
    expect(await harness.stores.configuration.readSecret('small')).toBeUndefined();
  });

  test('makes every write of a run that began before it stale', async () => {
    await using harness = await StoresHarness.openConnected();
    const fence = await harness.lease();
    await harness.commit({ account });
    const stale = { kind: 'refused', reason: 'stale-fence' };
    const { configuration, inbox, health } = harness.stores;
    expect(await configuration.writeSecret('tokens', 'rotated', fence)).toEqual(stale);
    expect(await inbox.receive(batch(fence, [message(1)]))).toEqual(stale);
    await health.report({ part: 'send', state: 'working' }, fence);
    expect(await health.read()).toEqual([]);
  });

  test('forgets the counter of the account that is reset, and only that', async () => {
    await using harness = await StoresHarness.open();
    const { inbox } = harness.stores;
    const fence = await harness.lease();
    await inbox.receive(batch(fence, [message(1)], { setAside: [{ uid: 2, failure }] }));
    const other = { account: 'other', mailbox: 'INBOX', uidValidity: 1, lastUid: 1 };
    await inbox.receive(batch(fence, [], { account: 'other', next: other }));
    await harness.commit({ resetCounter: ACCOUNT });
    expect(await inbox.cursor(ACCOUNT, 'INBOX')).toBeUndefined();
    expect(await inbox.setAside(ACCOUNT, 'INBOX')).toEqual([]);
    expect(await inbox.cursor('other', 'INBOX')).toEqual(other);
    expect((await inbox.list({ folder: 'inbox', offset: 0, limit: 10 })).total).toBe(1);
  });

  test('with email turned off keeps the mail and takes no more to send', async () => {
    await using harness = await StoresHarness.openConnected();
    await harness.enqueue();
    await harness.commit({ account: undefined });
    expect(await harness.stores.outbox.enqueue(newEmail())).toEqual({ kind: 'off' });
    expect((await harness.stores.outbox.list({ view: 'outbox', offset: 0, limit: 10 })).total).toBe(1);
  });
});

describe('a secret', () => {
  test('is encrypted at rest, under a key that only its owner can read', async () => {
    await using harness = await StoresHarness.open();
    const secret = randomBytes(40).toString('hex');
    await harness.commit({ secrets: { tokens: secret } });
    await harness.close();
    const stored = await readFile(join(harness.directory, 'practice.sqlite'));
    expect(stored.includes(secret)).toBe(false);
    expect(stored.includes('tokens')).toBe(true);
    expect((await stat(join(harness.directory, 'secrets.key'))).mode & 0o777).toBe(0o600);
    await harness.reopen();
    expect(await harness.stores.configuration.readSecret('tokens')).toBe(secret);
  });

  test('that can’t be decrypted says so', async () => {
    await using harness = await StoresHarness.open();
    await harness.commit({ secrets: { tokens: 'cache' } });
    await harness.close();
    await writeFile(join(harness.directory, 'secrets.key'), randomBytes(32).toString('base64'));
    await harness.reopen();
    const reading = harness.stores.configuration.readSecret('tokens');
    await expect(reading).rejects.toMatchObject({ name: 'FailureError', failure: { code: 'secret.unreadable' } });
  });
});
