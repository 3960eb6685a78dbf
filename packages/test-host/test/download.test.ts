import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DownloadProgress } from '@exact/host-contracts';
import { describe, expect, test } from '@jest/globals';
import { message, RECEPTION } from './mail-servers.js';
import { ReceivingPractice } from './receiving-practice.js';

const COUNT = 450;
const MAIL = Array.from({ length: COUNT }, (_, index) => message(`number ${String(index)}`));
const SUBJECTS = MAIL.map((_, index) => `number ${String(index)}`).toSorted();
const SLOW = 'network-receiving-slow';

/** The download as it is shown, once it fulfils the condition. */
async function shown(
  practice: ReceivingPractice,
  fulfils: (download: DownloadProgress) => boolean = () => true,
): Promise<DownloadProgress> {
  const { download } = await practice.health((report) => report.download !== undefined && fulfils(report.download));
  if (!download) throw new TypeError('no download');
  return download;
}

async function subjectsOf(practice: ReceivingPractice): Promise<readonly string[]> {
  const received = await practice.inbox(COUNT);
  return received.map(({ index }) => index.subject).toSorted();
}

/** A practice that checks when it is asked to; nothing of its mailbox is downloaded yet. */
async function openWithMail(dataDir?: string): Promise<ReceivingPractice> {
  const practice = await ReceivingPractice.open({ schedule: { checkingTimes: [] }, ...(dataDir && { dataDir }) });
  for (const raw of MAIL) practice.microsoft365.mailboxes.deliver(RECEPTION, raw);
  return practice;
}

/** Begins to download over a slow line; resolves when a part of it has come. */
async function beginSlowly({ microsoft365, host }: ReceivingPractice): Promise<void> {
  await host.host.panel.setSituation(SLOW, true);
  // The second group is asked for together with the first, the third when the first has come.
  const begun = new Promise<void>((resolve) => {
    let groups = 0;
    microsoft365.imap.onDidReceiveCommand(({ text }) => {
      if (text.includes('BODY.PEEK[]')) groups += 1;
      if (groups === 3) resolve();
    });
  });
  await host.host.runCommand({ command: 'email.send-receive' });
  await begun;
}

describe('a long download', () => {
  test('says from its beginning how much is to come, and nothing more at its end', async () => {
    await using practice = await openWithMail();
    const begun = shown(practice);
    await practice.sendReceive();
    const { activity } = await practice.health(({ download }) => download !== undefined);
    expect(activity).toBe(`Downloading: ${String((await begun).messagesDone)} of 450 messages`);
    expect(await begun).toMatchObject({ messagesTotal: COUNT, paused: false });
    expect((await begun).bytesTotal).toBe(MAIL.reduce((bytes, raw) => bytes + raw.byteLength, 0));
    expect(await subjectsOf(practice)).toEqual(SUBJECTS);
    await practice.health(({ download, state }) => state === 'working' && download === undefined);
  });

  test('of a few messages is not worth to be shown', async () => {
    await using practice = await ReceivingPractice.open({ schedule: { checkingTimes: [] } });
    const reports = practice.watchReports();
    for (const raw of MAIL.slice(0, 20)) practice.microsoft365.mailboxes.deliver(RECEPTION, raw);
    await practice.sendReceive();
    await practice.inbox(20);
    await practice.health(({ lastAt }) => lastAt !== undefined);
    expect(reports().every(({ download }) => download === undefined)).toBe(true);
  });

  test('stands still while it is paused, over a restart too, and goes on where it was', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'exact-download-'));
    await using cleanUp = new AsyncDisposableStack();
    cleanUp.defer(() => rm(dataDir, { recursive: true }));
    let paused: DownloadProgress;
    {
      await using practice = await openWithMail(dataDir);
      await beginSlowly(practice);
      await practice.command('email.pause-download');
      paused = await shown(practice, (download) => download.paused);
      expect(paused.messagesDone).toBeGreaterThan(0);
      expect(paused.messagesDone).toBeLessThan(COUNT);
      expect(paused.messagesTotal).toBe(COUNT);
      expect(paused.secondsLeft).toBeUndefined();
      const { state, activity } = await practice.health(({ download }) => download?.paused === true);
      expect({ state, activity }).toEqual({
        state: 'needs attention',
        activity: `Receiving is paused: ${String(paused.messagesDone)} of 450 messages`,
      });
      expect(practice.microsoft365.imap.connections).toBe(0);
      expect(await practice.sendReceive()).toMatchObject({ done: true, sentence: expect.stringContaining('paused') });
    }
    await using practice = await ReceivingPractice.reopen({ dataDir });
    practice.microsoft365.mailboxes.deliver(RECEPTION, message('came meanwhile'));
    expect(await shown(practice)).toEqual(paused);
    expect(practice.microsoft365.imap.connections).toBe(0);
    const reports = practice.watchReports();
    await practice.command('email.continue-download');
    const again = await shown(practice, (download) => !download.paused);
    expect(again.messagesDone).toBeGreaterThanOrEqual(paused.messagesDone);
    expect(again.messagesTotal).toBe(COUNT + 1);
    const received = await practice.inbox(COUNT + 1);
    expect(received.map(({ index }) => index.subject).toSorted()).toEqual([...SUBJECTS, 'came meanwhile'].toSorted());
    await practice.health(({ state, download }) => state === 'working' && download === undefined);
    expect(reports().every(({ download }) => !download || download.messagesDone <= download.messagesTotal)).toBe(true);
  });

  test('that was paused begins anew when its counter is reset', async () => {
    await using practice = await openWithMail();
    await beginSlowly(practice);
    await practice.command('email.pause-download');
    await shown(practice, ({ paused }) => paused);
    await practice.host.host.panel.setSituation(SLOW, false);
    await practice.setUp({}, true);
    expect(await subjectsOf(practice)).toEqual(SUBJECTS);
  });
});
