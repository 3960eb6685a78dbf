import { access } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import { type HostChange, startTestHost } from '@exact/test-host';
import { describe, expect, test } from '@jest/globals';
import { startWith } from './host-harness.js';
import { account, StoresHarness } from './stores-harness.js';

const NOBODY_ELSE = { expectedRevision: 0, settings: {}, account, secrets: {}, retireOther: false, audit: [] };

describe('a wizard', () => {
  test('goes forward when its page allows it, and back', async () => {
    await using testHost = await startWith(['well']);
    await using frame = await testHost.host.openWizard('fixture');
    expect(await frame.view()).toMatchObject({
      title: 'Fixture',
      pageId: 'first',
      canGoBack: false,
      canGoNext: false,
      canFinish: false,
      isLast: false,
    });
    await frame.next();
    expect(await frame.view()).toMatchObject({ pageId: 'first' });
    await Promise.all([frame.change('name', 'a@b.example'), frame.next()]);
    expect(await frame.view()).toMatchObject({ pageId: 'last', canGoBack: true, canGoNext: false, canFinish: true });
    await frame.back();
    expect(await frame.view()).toMatchObject({ pageId: 'first', canGoNext: true });
    await expect(frame.change('name', 1)).rejects.toThrow(TypeError);
    expect(await frame.receive({ a: 1 })).toEqual({ echo: { a: 1 } });
  });

  test('finishes on its last page only, once, and is closed then', async () => {
    await using testHost = await startWith(['well']);
    const { host } = testHost;
    await using frame = await host.openWizard('fixture');
    await frame.change('name', 'new@brightsmile.example');
    expect(await frame.finish()).toMatchObject({ kind: 'refused', failure: { code: 'wizard.not-yet' } });
    await frame.next();
    expect(await Promise.all([frame.finish(), frame.finish()])).toEqual([{ kind: 'finished' }, { kind: 'finished' }]);
    expect(await host.practice()).toMatchObject({ emailAddress: 'new@brightsmile.example' });
    await expect(frame.view()).rejects.toMatchObject({ failure: { code: 'wizard.closed' } });
  });

  test('that refuses to finish says why and stays', async () => {
    await using testHost = await startWith(['well']);
    await using frame = await testHost.host.openWizard('fixture');
    await frame.change('name', 'refused');
    await frame.next();
    expect(await frame.finish()).toMatchObject({ kind: 'refused', failure: { code: 'fixture.refused' } });
    expect(await frame.view()).toMatchObject({ pageId: 'last', refused: { code: 'fixture.refused' } });
  });

  test('opens only for a user with the right, who sees its entry disabled otherwise', async () => {
    await using testHost = await startWith(['well']);
    const { host } = testHost;
    await host.panel.setMayConfigure(false);
    expect(await host.menu()).toMatchObject([{ enabled: false }]);
    await expect(host.openWizard('fixture')).rejects.toMatchObject({ failure: { code: 'host.right-missing' } });
    await expect(host.openWizard('other')).rejects.toMatchObject({ failure: { code: 'host.unknown-entry' } });
  });

  test('is cancelled by a restart of the host', async () => {
    await using testHost = await startWith(['well']);
    await using frame = await testHost.host.openWizard('fixture');
    await testHost.host.panel.restart('V14.1');
    await expect(frame.view()).rejects.toMatchObject({ failure: { code: 'wizard.closed' } });
  });

  test('opens pages and articles where somebody looks, and says so where nobody does', async () => {
    await using testHost = await startWith(['well']);
    await using frame = await testHost.host.openWizard('fixture');
    await expect(frame.press('site')).rejects.toMatchObject({ failure: { code: 'host.no-browser' } });
    const changes: HostChange[] = [];
    const subscription = testHost.host.onDidChange((change) => changes.push(change));
    await frame.press('site');
    await frame.press('help');
    subscription.dispose();
    expect(changes).toEqual([
      { kind: 'system-browser', url: 'https://example.org/' },
      { kind: 'help', title: 'The name' },
    ]);
  });
});

describe('a prompt', () => {
  const question = {
    id: 'question',
    title: 'Practice Information',
    text: 'Update?',
    right: 'configure-email' as const,
    othersSee: 'Somebody is asked.',
    choices: [
      {
        text: 'Yes',
        command: { command: 'fixture.update-address', arguments: { address: 'new@brightsmile.example' } },
      },
      { text: 'Wrong', command: { command: 'fixture.update-address', arguments: { address: 'refused' } } },
      { text: 'Broken', command: { command: 'fixture.update-address' } },
      { text: 'Later', postpones: true },
      { text: 'No' },
    ],
  };

  test('runs the command of the answer and goes when it is done', async () => {
    await using testHost = await startWith(['well']);
    const { host, stores } = testHost;
    await stores.prompts.raise(question);
    expect(await host.prompts()).toEqual([question]);
    expect(await host.answer('question', 'Yes')).toEqual({ done: true });
    expect(await host.practice()).toMatchObject({ emailAddress: 'new@brightsmile.example' });
    expect((await host.prompts()).map(({ id }) => id)).toEqual(['fixture.notice']);
    await host.answer('fixture.notice', 'OK');
    expect(await host.prompts()).toEqual([]);
  });

  test.each([
    ['Wrong', 'fixture.refused'],
    ['Broken', 'host.command-defect'],
    ['Unknown', 'host.unknown-entry'],
  ])('stays when the command behind %s fails', async (choice, code) => {
    await using testHost = await startWith(['well']);
    const { host, stores } = testHost;
    await stores.prompts.raise(question);
    expect(await host.answer('question', choice)).toMatchObject({ done: false, failure: { code } });
    expect(await host.prompts()).toEqual([question]);
  });

  test('put off or answered without a command goes', async () => {
    await using testHost = await startWith(['well']);
    const { host, stores } = testHost;
    for (const choice of ['Later', 'No']) {
      await stores.prompts.raise({ ...question, text: choice });
      expect(await host.answer('question', choice)).toEqual({ done: true });
      expect(await host.prompts()).toEqual([]);
    }
  });

  test('is a plain line for others, who can’t answer it', async () => {
    await using testHost = await startWith(['well']);
    const { host, stores } = testHost;
    await stores.prompts.raise(question);
    await host.panel.setMayConfigure(false);
    expect(await host.prompts()).toMatchObject([{ id: 'question', text: 'Somebody is asked.', choices: [] }]);
    expect(await host.answer('question', 'Yes')).toMatchObject({ failure: { code: 'host.right-missing' } });
  });

  test('of a plugin that this version switches off waits for the way back', async () => {
    await using testHost = await startWith(['well']);
    const { host, stores } = testHost;
    await stores.prompts.raise(question);
    await host.panel.restart('V13.705');
    expect(await host.prompts()).toEqual([]);
    await host.panel.restart('V13.706');
    expect(await host.prompts()).toEqual([question]);
  });
});

describe('the panel', () => {
  test('restarts the host under another version: the feature goes, its settings stay', async () => {
    await using testHost = await startWith(['well']);
    const { host, stores } = testHost;
    await stores.configuration.commit(NOBODY_ELSE);
    expect((await host.emailService()).address).toBe(account.address.address);
    const restarts: string[] = [];
    host.onDidChange(({ kind }) => restarts.push(kind));
    await Promise.all([host.panel.restart('V14.1'), host.panel.restart('V13.705')]);
    expect(restarts.filter((kind) => kind === 'restarted')).toHaveLength(2);
    expect(await host.panel.state()).toMatchObject({ hostVersion: 'V13.705', plugins: [{ kind: 'refused' }] });
    expect(await host.menu()).toEqual([]);
    expect(await host.emailService()).toEqual({ state: 'off', reports: [], address: undefined, setAside: [] });
    expect(await stores.configuration.read()).toMatchObject({ revision: 1 });
  });

  test('renames the database, which may be genuine no longer', async () => {
    await using testHost = await startWith(['well'], { databaseName: 'Protestant Street Dental' });
    const { host } = testHost;
    expect(await host.panel.state()).toMatchObject({ databaseName: 'Protestant Street Dental', genuine: true });
    await host.panel.setDatabaseName('Bright Smile Training');
    expect(await host.panel.state()).toMatchObject({ databaseName: 'Bright Smile Training', genuine: false });
  });

  test('sends a reminder that prints the practice’s name and address', async () => {
    await using testHost = await startWith(['well']);
    const { host, stores } = testHost;
    expect(await host.panel.sendReminder('patient-1')).toEqual({ kind: 'off' });
    await stores.configuration.commit(NOBODY_ELSE);
    await host.updatePracticeAddress('reception@brightsmile.example');
    expect(await host.panel.sendReminder('patient-1')).toEqual({ kind: 'queued' });
    const [row] = (await host.outbox.list({ view: 'outbox', offset: 0, limit: 10 })).rows;
    expect(row).toMatchObject({ subject: 'Appointment reminder', patient: { id: 'patient-1' } });
    const { text } = (await host.outbox.read(row?.id ?? 0))?.email ?? {};
    expect(text).toContain('Bright Smile Dental\nreception@brightsmile.example');
    await expect(host.panel.sendReminder('nobody')).rejects.toMatchObject({ failure: { code: 'host.unknown-entry' } });
  });

  test('lets a patient write to the practice, and answer when there is something to answer', async () => {
    await using testHost = await startWith(['well']);
    const { host, microsoft365 } = testHost;
    const count = () => microsoft365?.mailboxes.messages('reception@brightsmile.example').length;
    expect(count()).toBe(1);
    await host.panel.writeAsPatient('patient-1');
    expect(count()).toBe(2);
    expect(await host.panel.answerAsPatient('patient-1')).toEqual({ kind: 'nothing-to-answer' });
  });
});

describe('a test host', () => {
  test('takes its own data away and leaves nothing open', async () => {
    const testHost = await startWith(['well']);
    await access(testHost.dataDirectory);
    await testHost[Symbol.asyncDispose]();
    await expect(access(testHost.dataDirectory)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('fails when a socket stays open', async () => {
    const testHost = await startWith([]);
    const left = createServer().listen(0, '127.0.0.1');
    await once(left, 'listening');
    await expect(testHost[Symbol.asyncDispose]()).rejects.toThrow('left open: 1 TCPServerWrap');
    left.close();
    await once(left, 'close');
  });

  test('keeps what it was given a directory for, and is there for one at a time', async () => {
    await using harness = await StoresHarness.open();
    await harness.close();
    const dataDir = harness.directory;
    {
      await using testHost = await startWith(['well'], { dataDir, otherEmail: 'POP3, mail.practice.example' });
      await expect(startWith([], { dataDir })).rejects.toMatchObject({ code: 'data-in-use' });
      expect(await testHost.stores.configuration.read()).toMatchObject({
        other: { description: 'POP3, mail.practice.example' },
      });
      await testHost.host.updatePracticeAddress('new@brightsmile.example');
    }
    await using again = await startWith([], { dataDir });
    expect(await again.host.practice()).toMatchObject({ emailAddress: 'new@brightsmile.example' });
    expect(await readFile(join(dataDir, 'host.log'), 'utf8')).toContain('plugin.loaded');
    await again[Symbol.asyncDispose]();
    await harness.reopen();
  });

  test.each([
    ['a server elsewhere', { servers: { imap: { host: 'mail.example.com', port: 993 } } }],
    [
      'a server beside the real Microsoft 365',
      { real: { clientId: 'id' }, servers: { smtp: { host: '127.0.0.1', port: 1 } } },
    ],
  ])('gives no sign-in to %s', async (_what, options) => {
    await expect(startTestHost({ ...options, web: false })).rejects.toMatchObject({ code: 'foreign-server' });
  });

  test('with the real Microsoft 365 writes to nobody but those it is allowed to', async () => {
    const real = { clientId: 'id', tenant: 'brightsmile.example' };
    await using testHost = await startTestHost({ real, allowRecipients: ['me@practice.example'], web: false });
    const { host, stores, services, microsoft365 } = testHost;
    expect(microsoft365).toBeUndefined();
    expect(services).toMatchObject({
      clientId: 'id',
      authority: 'https://login.microsoftonline.com/brightsmile.example',
      imap: { host: 'outlook.office365.com', port: 993 },
      smtp: { host: 'smtp.office365.com', port: 587 },
    });
    await stores.configuration.commit(NOBODY_ELSE);
    const email = { to: [{ address: 'other@practice.example' }], subject: '', text: '', attachments: [] };
    await expect(host.outbox.enqueue(email)).rejects.toMatchObject({ failure: { code: 'recipient.not-allowed' } });
    const [patient] = (await host.panel.state()).patients;
    expect(await host.panel.sendReminder(patient?.id ?? '')).toEqual({ kind: 'queued' });
    await expect(host.panel.writeAsPatient(patient?.id ?? '')).rejects.toMatchObject({
      failure: { code: 'host.no-own-microsoft-365' },
    });
  });
});
