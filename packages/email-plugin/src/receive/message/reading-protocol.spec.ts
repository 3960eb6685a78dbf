import { expect, test } from '@jest/globals';
import { MessageReader } from './message-reader.js';
import { toReadMessage } from './reading-protocol.js';

const BOTH = [
  'Content-Type: multipart/alternative; boundary=b\r\n\r\n',
  '--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nGrüße für 5 €, Zoë 😀\r\n',
  '--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Grüße für 5 €, Zoë 😀</p>\r\n--b--\r\n',
].join('');

test('texts come whole, however little room there is for them', async () => {
  for (let size = 0; size < 100; size += 1) {
    const reader = new MessageReader();
    reader.write(Buffer.from(BOTH));
    const { texts } = toReadMessage(await reader.end(), new Uint8Array(new SharedArrayBuffer(size)));
    const [text, html] = [texts.text, texts.html].map((bytes) => Buffer.from(bytes ?? []).toString());
    expect([text, html]).toEqual(['Grüße für 5 €, Zoë 😀\n', '<p>Grüße für 5 €, Zoë 😀</p>\n']);
  }
});
