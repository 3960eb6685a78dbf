import { FakeClock } from '@exact/test-host';
import { describe, expect, test } from '@jest/globals';
import { message, RECEPTION } from './mail-servers.js';
import { ReceivingPractice } from './receiving-practice.js';

const subjects = (messages: readonly { readonly index: { readonly subject: string } }[]): readonly string[] =>
  messages.map(({ index }) => index.subject).toSorted();

describe('a mailbox that was set up', () => {
  test('is downloaded: every message once, byte for byte, linked to the patient who wrote it', async () => {
    const mail = ['one', 'two', 'three'].map((subject) => message(subject));
    await using practice = await ReceivingPractice.open({ mail });
    const received = await practice.inbox(3);
    expect(subjects(received)).toEqual(['one', 'three', 'two']);
    expect(received.map(({ patient }) => patient?.name)).toEqual(Array(3).fill('Alice Thornton'));
    const raws = await Promise.all(received.map(async ({ id }) => Buffer.from(await practice.raw(id)).toString()));
    expect(raws.toSorted()).toEqual(mail.map((raw) => raw.toString()).toSorted());
    await practice.health(({ state, activity }) => state === 'working' && activity === undefined);
    const flags = practice.microsoft365.mailboxes.messages(RECEPTION).map((each) => [...each.flags]);
    expect(flags).toEqual([[], [], []]);
  });

  test('shows new mail as soon as it arrives', async () => {
    await using practice = await ReceivingPractice.open({ mail: [message('old')] });
    await practice.inbox(1);
    practice.microsoft365.mailboxes.deliver(RECEPTION, message('new'));
    expect(subjects(await practice.inbox(2))).toEqual(['new', 'old']);
  });

  test('gives each message once, whatever the mailbox does with its numbers', async () => {
    const clock = new FakeClock(Date.now());
    await using practice = await ReceivingPractice.open({ clock, mail: [message('stays'), message('moves')] });
    const { mailboxes } = practice.microsoft365;
    await practice.inbox(2);
    const away = mailboxes.move(RECEPTION, 2, 'INBOX', 'Deleted Items');
    mailboxes.move(RECEPTION, away ?? 0, 'Deleted Items', 'INBOX');
    mailboxes.deliver(RECEPTION, message('third'));
    expect(subjects(await practice.inbox(3))).toEqual(['moves', 'stays', 'third']);
    mailboxes.renewUidValidity(RECEPTION);
    mailboxes.deliver(RECEPTION, message('fourth'));
    expect(subjects(await practice.after(clock, practice.inbox(4)))).toEqual(['fourth', 'moves', 'stays', 'third']);
    await practice.setUp({}, true);
    mailboxes.deliver(RECEPTION, message('fifth'));
    expect(subjects(await practice.after(clock, practice.inbox(5)))).toEqual([
      'fifth',
      'fourth',
      'moves',
      'stays',
      'third',
    ]);
  });

  test('gives each message once when Finish resets its counter in mid-download', async () => {
    const mail = Array.from({ length: 450 }, (_, index) => message(`number ${String(index)}`));
    await using practice = await ReceivingPractice.open({ mail });
    const begun = (await practice.inbox(1)).length;
    expect(begun).toBeLessThan(mail.length);
    await practice.setUp({}, true);
    practice.microsoft365.mailboxes.deliver(RECEPTION, message('last'));
    const expected = [...mail.keys()].map((index) => `number ${String(index)}`);
    expect(subjects(await practice.inbox(mail.length + 1))).toEqual([...expected, 'last'].toSorted());
  });

  test('keeps two messages that share a Message-ID', async () => {
    const twin = Buffer.from(message('one').toString().replace('Subject: one', 'Subject: another one'));
    await using practice = await ReceivingPractice.open({ mail: [message('one'), twin] });
    expect(subjects(await practice.inbox(2))).toEqual(['another one', 'one']);
  });

  test('gives a message of 20 MB byte for byte, and those behind it', async () => {
    const line = `${'0123456789abcdef'.repeat(4)}\r\n`;
    const large = Buffer.concat([message('large'), Buffer.from(line.repeat((20 * 1024 * 1024) / line.length))]);
    await using practice = await ReceivingPractice.open({ mail: [large, message('small')] });
    const received = await practice.inbox(2);
    const found = received.find(({ index }) => index.subject === 'large');
    expect(found?.index.problems).toEqual(['Only the beginning of this message is shown.']);
    expect(Buffer.compare(await practice.raw(found?.id ?? 0), large)).toBe(0);
  });

  test.each([
    ['leaves out', { withheldUids: [1] }],
    ['only says something of', { stubbedUids: [1] }],
  ])('sets a message aside that the server %s, and gets it when it gives it', async (_how, situation) => {
    await using practice = await ReceivingPractice.open();
    const { mailboxes, situations } = practice.microsoft365;
    situations.set(RECEPTION, situation);
    mailboxes.deliver(RECEPTION, message('withheld'));
    mailboxes.deliver(RECEPTION, message('fine'));
    expect(subjects(await practice.inbox(1))).toEqual(['fine']);
    await practice.health(({ setAside }) => setAside === 1);
    situations.set(RECEPTION, {});
    await practice.sendReceive();
    expect(subjects(await practice.inbox(2))).toEqual(['fine', 'withheld']);
    await practice.health(({ setAside }) => setAside === 0);
  });
});

describe('a mailbox that can’t be read', () => {
  test('is read on when an access token has ended, and nobody has to know', async () => {
    const clock = new FakeClock(Date.now());
    await using practice = await ReceivingPractice.open({ clock });
    await practice.health(({ state, activity }) => state === 'working' && activity === undefined);
    const shown = practice.watchHealth();
    await clock.advance(61 * 60_000);
    await practice.microsoft365.imap.endExpiredSessions();
    practice.microsoft365.mailboxes.deliver(RECEPTION, message('later'));
    expect(subjects(await practice.inbox(1))).toEqual(['later']);
    expect(new Set(shown())).toEqual(new Set(['working']));
  });

  test('is read on after the network broke', async () => {
    const clock = new FakeClock(Date.now());
    await using practice = await ReceivingPractice.open({ clock, mail: [message('before')] });
    await practice.inbox(1);
    const shown = practice.watchHealth();
    practice.microsoft365.imap.breakConnections();
    practice.microsoft365.mailboxes.deliver(RECEPTION, message('after'));
    expect(subjects(await practice.after(clock, practice.inbox(2)))).toEqual(['after', 'before']);
    expect(new Set(shown())).toEqual(new Set(['working']));
  });

  test('is read on when the network broke in the middle of a large message', async () => {
    const clock = new FakeClock(Date.now());
    const large = Buffer.concat([message('large'), Buffer.alloc(12 * 1024 * 1024, 'All is well.\r\n')]);
    await using practice = await ReceivingPractice.open({ clock });
    const { imap, mailboxes } = practice.microsoft365;
    let pieces = 0;
    imap.onDidReceiveCommand(({ text }) => {
      if (!text.includes('BODY.PEEK[]<')) return;
      pieces += 1;
      if (pieces === 3) imap.breakConnections();
    });
    mailboxes.deliver(RECEPTION, message('before'));
    mailboxes.deliver(RECEPTION, large);
    mailboxes.deliver(RECEPTION, message('behind'));
    const received = await practice.after(clock, practice.inbox(3));
    expect(subjects(received)).toEqual(['before', 'behind', 'large']);
    const found = received.find(({ index }) => index.subject === 'large');
    expect(Buffer.compare(await practice.raw(found?.id ?? 0), large)).toBe(0);
    expect(pieces).toBeGreaterThan(3);
  });

  test('asks for a sign-in when the sign-in has ended, and goes on after one', async () => {
    const clock = new FakeClock(Date.now());
    await using practice = await ReceivingPractice.open({ clock });
    const { identity, imap, mailboxes } = practice.microsoft365;
    await practice.health(({ state, activity }) => state === 'working' && activity === undefined);
    identity.situations.failNextRefresh('revoked');
    await clock.advance(61 * 60_000);
    await imap.endExpiredSessions();
    const { failure } = await practice.health(({ state }) => state === 'sign-in required');
    expect(failure).toMatchObject({ retry: { kind: 'after-sign-in' } });
    expect(await practice.host.host.prompts()).toMatchObject([{ title: 'Email Warning' }]);
    mailboxes.deliver(RECEPTION, message('meanwhile'));
    await practice.setUp();
    expect(subjects(await practice.inbox(1))).toEqual(['meanwhile']);
    await practice.health(({ state }) => state === 'working');
    expect(await practice.host.host.prompts()).toEqual([]);
  });

  test('does not ask for a sign-in when the mailbox is switched off', async () => {
    const clock = new FakeClock(Date.now());
    await using practice = await ReceivingPractice.open({ clock });
    await practice.health(({ state }) => state === 'working');
    practice.microsoft365.situations.set(RECEPTION, { imapOff: true });
    practice.microsoft365.imap.breakConnections();
    const { failure } = await practice.after(
      clock,
      practice.health(({ state }) => state === 'needs attention'),
    );
    expect(failure).toMatchObject({ code: 'authenticated-not-connected', retry: { kind: 'backoff' } });
  });

  test('is left alone for as long as the server asks', async () => {
    await using practice = await ReceivingPractice.open();
    await practice.health(({ state, activity }) => state === 'working' && activity === undefined);
    practice.microsoft365.situations.set(RECEPTION, { throttledMs: 3_600_000 });
    const before = Date.now();
    await practice.sendReceive();
    const { throttledUntil, state } = await practice.health((report) => report.throttledUntil !== undefined);
    expect(state).toBe('working');
    expect(throttledUntil).toBeGreaterThanOrEqual(before + 3_600_000);
  });

  test('is left alone, and says why, when a newer EXACT has stored its settings', async () => {
    await using practice = await ReceivingPractice.open();
    await practice.health(({ state }) => state === 'working');
    const { configuration } = practice.host.stores;
    const { revision, settings = {} } = await configuration.read();
    await configuration.commit({
      expectedRevision: revision,
      settings: { ...settings, form: 99 },
      account: undefined,
      secrets: {},
      retireOther: false,
      audit: [],
    });
    const { failure } = await practice.health(({ state }) => state === 'needs attention');
    expect(failure?.code).toBe('settings.newer');
  });
});
