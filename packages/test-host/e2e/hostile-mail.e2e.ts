import { afterAll, describe, expect, test } from '@jest/globals';
import { HOSTILE_MAIL } from '../test/hostile/hostile-mail.js';
import { openEmail, rows } from './support/email-window.js';
import { closeChromium, openPracticeInside } from './support/practice.js';
import { finish, goToTest, RECEPTION } from './support/set-up.js';

afterAll(closeChromium);

/** The worst for a page to show. */
const WORST = [
  'multiparts 10,000 deep',
  'a million recipients',
  '5,000 attachments',
  'a page of open tags without end',
  'NUL in header and text',
  'a date in the year 99999',
  'a name that reads backwards',
];

/** Its row, newest first. */
const THE_BACKWARD_FILE = 3;
const BACKWARDS = 'From: a@b.example\r\nSubject: \u202etxet sdrawkcab\r\n\r\nHello';

describe('mail that nobody means well with', () => {
  test('is listed and opened without harm, says what is not shown, and its files are saved under plain names', async () => {
    await using practice = await openPracticeInside({ microsoft365: { sampleMail: {} } });
    const { page, testHost } = practice;
    const mail = HOSTILE_MAIL.filter(({ what }) => WORST.includes(what)).map(({ raw }) => Buffer.from(raw(), 'latin1'));
    expect(mail).toHaveLength(WORST.length);
    for (const raw of [...mail, Buffer.from(BACKWARDS)]) testHost.microsoft365?.mailboxes.deliver(RECEPTION, raw);
    await finish(practice, await goToTest(practice, RECEPTION, RECEPTION), 'No');
    const email = await openEmail(page);
    await email.getByText(`${String(mail.length + 1)} messages`, { exact: true }).waitFor();
    const list = await rows(email, 'Inbox', /./);
    for (let index = 1; index <= mail.length + 1; index += 1) {
      await list.nth(index).click();
      await email.getByRole('article', { name: 'Message' }).waitFor();
      await email.getByRole('button', { name: 'Save as file' }).waitFor();
    }
    await list.nth(THE_BACKWARD_FILE).click();
    const download = page.waitForEvent('download');
    await email.getByRole('button', { name: 'Save xgpj.exe' }).click();
    expect((await download).suggestedFilename()).toBe('xgpj.exe');
  });

  test('that Microsoft does not hand over is told in the Email window until it comes', async () => {
    await using practice = await openPracticeInside({ microsoft365: { sampleMail: {} } });
    const { page, testHost } = practice;
    testHost.microsoft365?.situations.set(RECEPTION, { stubbedUids: [1] });
    testHost.microsoft365?.mailboxes.deliver(RECEPTION, Buffer.from('From: a@b.example\r\nSubject: late\r\n\r\nHello'));
    await finish(practice, await goToTest(practice, RECEPTION, RECEPTION), 'No');
    const email = await openEmail(page);
    const notice = email.getByText('1 email could not be received yet');
    await notice.waitFor();
    testHost.microsoft365?.situations.set(RECEPTION, {});
    await email.getByRole('button', { name: 'Send/Receive' }).click();
    await (await rows(email, 'Inbox', 'late')).first().waitFor();
    await notice.waitFor({ state: 'detached' });
  });
});
