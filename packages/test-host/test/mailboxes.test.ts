import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { sampleCast } from '../src/microsoft365/cast.js';
import { Mailboxes } from '../src/microsoft365/mailboxes/mailboxes.js';
import { ALICE, message, RECEPTION, StandingClock } from './mail-servers.js';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'exact-mailboxes-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true });
});

function open(clock = new StandingClock()): Mailboxes {
  return new Mailboxes(sampleCast, clock, directory);
}

function contents(mailboxes: Mailboxes) {
  const folder = mailboxes.of(RECEPTION)?.folder('INBOX');
  return {
    uidValidity: folder?.uidValidity,
    uidNext: folder?.uidNext,
    messages: folder?.messages.map((each) => ({
      uid: each.uid,
      internalDate: each.internalDate,
      flags: [...each.flags].sort(),
      size: each.size,
      raw: Buffer.from(each.raw()).toString('latin1'),
    })),
  };
}

describe('mailboxes in a directory', () => {
  test('are the same after a restart: bytes, flags, dates and numbers', () => {
    const mailboxes = open();
    mailboxes.deliver(RECEPTION, Buffer.from('\0\xff\r\n', 'latin1'), { flags: ['\\Seen', '$MDNSent'] });
    mailboxes.deliver(RECEPTION, message('two'), { internalDate: Date.parse('2020-02-29T12:34:56.789Z') });
    mailboxes
      .of(RECEPTION)
      ?.folder('INBOX')
      .changeFlags(2, new Set(['\\Flagged', '\\Answered']));
    const later = open(new StandingClock(Date.parse('2027-01-01T00:00:00Z')));
    expect(contents(later)).toEqual(contents(mailboxes));
    expect(contents(later).messages?.map(({ flags }) => flags)).toEqual([
      ['$MDNSent', '\\Seen'],
      ['\\Answered', '\\Flagged'],
    ]);
  });

  test('never use a UID twice, even when the last message was removed before the restart', () => {
    open().deliver(RECEPTION, message('one'));
    const mailboxes = open();
    mailboxes.of(RECEPTION)?.folder('INBOX').remove([1]);
    expect(open().deliver(RECEPTION, message('two'))).toMatchObject({ uid: 2 });
  });

  test('number a folder anew and keep its messages', () => {
    const mailboxes = open();
    for (const subject of ['one', 'two', 'three']) mailboxes.deliver(RECEPTION, message(subject));
    mailboxes.of(RECEPTION)?.folder('INBOX').remove([1]);
    const before = contents(mailboxes);
    mailboxes.renewUidValidity(RECEPTION);
    const after = contents(mailboxes);
    expect(after.uidValidity).toBeGreaterThan(before.uidValidity ?? 0);
    expect(after.messages?.map(({ uid, raw }) => [uid, raw])).toEqual(
      before.messages?.map(({ raw }, index) => [index + 1, raw]),
    );
    expect(contents(open())).toEqual(after);
  });

  test('move a message out and back under new UIDs', () => {
    const mailboxes = open();
    mailboxes.deliver(RECEPTION, message('one'));
    expect(mailboxes.move(RECEPTION, 1, 'INBOX', 'Deleted Items')).toBe(1);
    expect(mailboxes.move(RECEPTION, 1, 'Deleted Items', 'INBOX')).toBe(2);
    expect(mailboxes.move(RECEPTION, 1, 'INBOX', 'Drafts')).toBeUndefined();
    expect(contents(open()).messages?.map(({ uid }) => uid)).toEqual([2]);
  });

  test('leave out what a kill left half done', async () => {
    const mailboxes = open();
    mailboxes.deliver(RECEPTION, message('one'));
    const before = contents(mailboxes);
    const folder = join(directory, encodeURIComponent(RECEPTION), 'INBOX');
    const [uidValidity = ''] = await readdir(folder);
    await writeFile(join(folder, uidValidity, '0000000002.1763892000..eml.half'), 'half a mess');
    await mkdir(join(folder, '9999999999.half'));
    await writeFile(join(folder, '9999999999.half', '0000000001.1763892000..eml'), 'a copy');
    expect(contents(open())).toEqual(before);
    expect(await readdir(folder)).toEqual([uidValidity]);
    expect(await readdir(join(folder, uidValidity))).toHaveLength(1);
  });
});

test('mail to an alias comes into the mailbox of its owner, and mail to nobody is told', () => {
  const mailboxes = new Mailboxes(sampleCast, new StandingClock(), undefined);
  const deliveries: string[] = [];
  mailboxes.onDidDeliver(({ address, folder, uid }) => deliveries.push(`${address} ${folder} ${uid.toString()}`));
  mailboxes.deliver('FrontDesk@brightsmile.example', message('one'));
  mailboxes.deliver(ALICE, message('two'));
  expect(mailboxes.deliver('unlicensed@brightsmile.example', message('three'))).toEqual({ kind: 'no-such-mailbox' });
  expect(deliveries).toEqual(['admin@brightsmile.example INBOX 1', `${ALICE} INBOX 1`]);
});
