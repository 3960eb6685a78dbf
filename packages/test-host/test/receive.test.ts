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
});
