import { describe, expect, test } from '@jest/globals';
import { ALICE, message, RECEPTION, startMailServers } from './mail-servers.js';
import { submit } from './nodemailer.adapter.js';

describe('a message that the practice sends', () => {
  test('arrives at the patient, and its copy lies in Sent Items byte for byte', async () => {
    await using servers = await startMailServers();
    const raw = message('reminder', RECEPTION, ALICE);
    const reply = await submit(servers.login('smtp', RECEPTION), {
      from: RECEPTION,
      to: [ALICE],
      raw: raw.toString(),
    });
    expect(reply).toMatch(/^250 2\.0\.0 OK <reminder@test> \[Hostname=/);
    const [copy] = servers.mailboxes.messages(RECEPTION, 'Sent Items');
    expect(Buffer.from(copy?.raw() ?? [])).toEqual(raw);
    const [arrived] = servers.mailboxes.messages(ALICE);
    expect(Buffer.from(arrived?.raw() ?? []).toString()).toMatch(/^Received: [^]*\r\nFrom: reception@/);
  });
});
