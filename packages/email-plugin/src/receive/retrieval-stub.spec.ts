import { describe, expect, test } from '@jest/globals';
import { MessageReader } from './message/message-reader.js';
import { isRetrievalStub } from './retrieval-stub.js';

async function isStub(header: string): Promise<boolean> {
  const reader = new MessageReader();
  reader.write(Buffer.from(`${header}\r\n\r\nThe server couldn't retrieve the following message:\r\n`));
  return isRetrievalStub(await reader.end());
}

const FROM = 'From: Microsoft Exchange Server';
const SUBJECT = 'Subject: Retrieval using the IMAP4 protocol failed for the following message:\r\n 15541';

describe('Exchange’s word that it can’t hand a message over', () => {
  test.each([
    ['as it comes', `${FROM}\r\n${SUBJECT}`],
    [
      'of an older Exchange, in another language',
      'From: "Microsoft Exchange Server 2010"\r\nSubject: Abruf fehlgeschlagen: 3',
    ],
  ])('is known: %s', async (_what, header) => {
    expect(await isStub(header)).toBe(true);
  });

  test.each([
    ['that came from somewhere', `Received: from x\r\n${FROM}\r\n${SUBJECT}`],
    ['with a Message-ID', `Message-ID: <1@x>\r\n${FROM}\r\n${SUBJECT}`],
    ['with a date', `Date: Mon, 23 Nov 2026 10:00:00 +0000\r\n${FROM}\r\n${SUBJECT}`],
    ['of somebody with an address', `From: Microsoft Exchange <a@b.example>\r\n${SUBJECT}`],
    ['without a number', `${FROM}\r\nSubject: Hello`],
  ])('is not seen in a message %s', async (_what, header) => {
    expect(await isStub(header)).toBe(false);
  });
});
