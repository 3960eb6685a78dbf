import { describe, expect, test } from '@jest/globals';
import type { AddedAttachments, AnswerBody, UploadedAttachment } from '../src/web/api/answers.js';
import { serve } from './web-support/served.js';
import { ask, TestPage } from './web-support/web-client.js';

const EMAIL = {
  to: 'ann@x.example',
  cc: '',
  bcc: '',
  subject: 'Hello',
  message: 'See you',
  attachments: [] as string[],
  references: [] as string[],
};

async function upload(url: string, page: TestPage, name: string, body: Uint8Array) {
  const headers = { ...page.headers, 'content-type': 'application/pdf', 'x-exact-file-name': encodeURIComponent(name) };
  const reply = await ask(url, '/api/attachments', { method: 'POST', headers, body });
  return { status: reply.status, body: JSON.parse(reply.body) as AnswerBody<UploadedAttachment> };
}

describe('writing an email', () => {
  test.each([
    ['ann@x.example', [{ address: 'ann@x.example' }]],
    ['Ann Lee <ann@x.example>', [{ address: 'ann@x.example', name: 'Ann Lee' }]],
    [
      '"Lee, Ann" <ann@x.example>; bob@x.example, zoë@müller.example ;',
      [{ address: 'ann@x.example', name: 'Lee, Ann' }, { address: 'bob@x.example' }, { address: 'zoë@müller.example' }],
    ],
    ['ann@x.example, ANN@X.example', [{ address: 'ann@x.example' }]],
  ])('goes to %s', async (to, expected) => {
    await using served = await serve();
    await using page = await TestPage.open(served.url);
    await expect(page.call('email.send', { ...EMAIL, to })).resolves.toEqual({ kind: 'queued' });
    expect(served.host.outbox.emails[0]?.email.to).toEqual(expected);
  });

  test.each([
    ['', 1],
    [' ; ,', 1],
    ['nobody', 1],
    ['ann@x.example; nobody; @x.example', 2],
    ['ann@localhost', 1],
    ['a b@x.example', 1],
    ['Ann Lee ann@x.example', 1],
    ['ann@x..example', 1],
    ['"unclosed <ann@x.example', 1],
  ])('does not go to %p, and each bad address is named', async (to, count) => {
    await using served = await serve();
    await using page = await TestPage.open(served.url);
    const before = served.host.outbox.emails;
    const answer = (await page.call('email.send', { ...EMAIL, to })) as { kind: string; problems: string[] };
    expect(answer.kind).toBe('bad-addresses');
    expect(answer.problems).toHaveLength(count);
    expect(served.host.outbox.emails).toBe(before);
  });

  test('to an address to which the last one did not arrive goes only when a person says so', async () => {
    await using served = await serve();
    await using page = await TestPage.open(served.url);
    const { outbox } = served.host;
    const retry = { kind: 'never' } as const;
    const failure = { code: 'x', sentence: 'It does not exist.', fixedBy: 'user', advice: '', retry } as const;
    const addresses = [{ address: 'ann@x.example', failure, at: 1 }];
    outbox.failing = addresses;
    const before = outbox.emails;
    const email = { ...EMAIL, to: 'Ann <ann@x.example>' };
    await expect(page.call('email.send', email)).resolves.toEqual({ kind: 'failing-addresses', addresses });
    expect(outbox.emails).toBe(before);
    await expect(page.call('email.send', { ...email, despiteFailing: true })).resolves.toEqual({ kind: 'queued' });
    await page.call('address.trust', { address: 'ann@x.example' });
    await expect(page.call('email.send', email)).resolves.toEqual({ kind: 'queued' });
  });

  test('while email is off nothing is queued and the attachments stay for another try', async () => {
    await using served = await serve();
    await using page = await TestPage.open(served.url);
    const { body } = await upload(served.url, page, 'plan.pdf', Buffer.from('plan'));
    const attachments = 'value' in body ? [body.value.id] : [];
    served.host.outbox.isOff = true;
    await expect(page.call('email.send', { ...EMAIL, attachments })).resolves.toEqual({ kind: 'off' });
    served.host.outbox.isOff = false;
    await expect(page.call('email.send', { ...EMAIL, attachments })).resolves.toEqual({ kind: 'queued' });
    const sent = served.host.outbox.emails[0]?.email.attachments ?? [];
    expect(sent.map(({ name, contentType, content }) => [name, contentType, Buffer.from(content).toString()])).toEqual([
      ['plan.pdf', 'application/pdf', 'plan'],
    ]);
  });

  test('goes to each address once, the copies that nobody sees included', async () => {
    await using served = await serve();
    await using page = await TestPage.open(served.url);
    const lines = {
      to: 'ann@x.example',
      cc: 'Bob <bob@x.example>; ANN@x.example',
      bcc: 'bob@x.example, carol@x.example',
    };
    await expect(page.call('email.send', { ...EMAIL, ...lines })).resolves.toEqual({ kind: 'queued' });
    expect(served.host.outbox.emails[0]?.email).toMatchObject({
      to: [{ address: 'ann@x.example' }],
      cc: [{ address: 'bob@x.example', name: 'Bob' }],
      bcc: [{ address: 'carol@x.example' }],
    });
    const nobody = await page.call('email.send', { ...EMAIL, to: '', cc: 'ann@x.example, nobody' });
    expect(nobody).toMatchObject({ kind: 'bad-addresses', problems: [expect.stringContaining('nobody')] });
  });

  test('a file that the provider would not take with the email is not attached, and the sentence says why', async () => {
    await using served = await serve();
    await using page = await TestPage.open(served.url);
    served.host.limits = { ...served.host.limits, messageBytes: 4 * 1_048_576, attachmentsPerMessage: 2 };
    expect((await upload(served.url, page, 'a.bin', new Uint8Array(2_000_000))).status).toBe(200);
    const second = await upload(served.url, page, 'b.bin', new Uint8Array(1_500_000));
    expect(second).toEqual({
      status: 413,
      body: { error: expect.stringMatching(/“b\.bin” was not attached.*about 5 MB .* 4 MB/) },
    });
    const alone = await upload(served.url, page, 'c.bin', new Uint8Array(4_000_000));
    expect(alone.body).toEqual({ error: expect.stringContaining('this file alone') });
    expect((await upload(served.url, page, 'd.bin', new Uint8Array(1))).status).toBe(200);
    const third = await upload(served.url, page, 'e.bin', new Uint8Array(1));
    expect(third.body).toEqual({ error: expect.stringContaining('2 files in one email') });
  });

  test('over the provider’s limits is not queued, and each limit has its sentence', async () => {
    await using served = await serve();
    await using page = await TestPage.open(served.url);
    served.host.limits = { ...served.host.limits, recipientsPerMessage: 1, messageBytes: 1_048_576 };
    const before = served.host.outbox.emails;
    const large = { ...EMAIL, to: 'ann@x.example, bob@x.example', message: 'x'.repeat(500_000) };
    await expect(page.call('email.send', large)).resolves.toEqual({
      kind: 'over-limits',
      problems: [expect.stringContaining('1 MB an email at most'), expect.stringContaining('this one has 2')],
    });
    expect(served.host.outbox.emails).toBe(before);
  });

  test('a message that is forwarded takes its attachments with it, as far as the provider takes them', async () => {
    await using served = await serve();
    await using page = await TestPage.open(served.url);
    const added = (await page.call('attachment.add-received', { id: 250 })) as AddedAttachments;
    expect(added).toMatchObject({ added: [{ name: 'smile.png' }, { name: 'notes.txt', size: 11 }], problems: [] });
    const attachments = added.added.map(({ id }) => id);
    await expect(page.call('email.send', { ...EMAIL, attachments })).resolves.toEqual({ kind: 'queued' });
    const sent = served.host.outbox.emails[0]?.email.attachments ?? [];
    expect(sent.map(({ name, contentType }) => [name, contentType])).toEqual([
      ['smile.png', 'image/png'],
      ['notes.txt', 'text/plain'],
    ]);
    expect(Buffer.from(sent[1]?.content ?? []).toString()).toBe('x-ray notes');
    served.host.limits = { ...served.host.limits, attachmentsPerMessage: 1 };
    await expect(page.call('attachment.add-received', { id: 250 })).resolves.toMatchObject({
      added: [{ name: 'smile.png' }],
      problems: [expect.stringContaining('“notes.txt” was not attached')],
    });
    await expect(page.call('attachment.add-received', { id: 9999 })).resolves.toMatchObject({
      added: [],
      problems: [expect.stringContaining('can’t be taken out')],
    });
  });

  test('an attachment’s name is never a path', async () => {
    await using served = await serve();
    await using page = await TestPage.open(served.url);
    const names = ['../../etc/passwd', 'C:\\x\\plan.pdf', 'invoice\u202efdp.exe', '...', 'a'.repeat(300) + '.pdf'];
    const stored = await Promise.all(
      names.map(async (name) => {
        const { body } = await upload(served.url, page, name, Buffer.from('x'));
        return 'value' in body ? body.value.name : body;
      }),
    );
    expect(stored).toEqual(['passwd', 'plan.pdf', 'invoicefdp.exe', 'attachment', `${'a'.repeat(146)}.pdf`]);
  });
});

describe('reading an email', () => {
  test('an attachment comes as a download under a safe name, with its own bytes', async () => {
    await using served = await serve();
    await using page = await TestPage.open(served.url);
    const reply = await ask(served.url, '/api/inbox/250/attachments/1', { headers: page.headers });
    expect(reply).toMatchObject({ status: 200, body: 'x-ray notes' });
    expect(reply.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
      'content-disposition': `attachment; filename="notes.txt"; filename*=UTF-8''notes.txt`,
    });
  });

  test('the raw message comes byte for byte', async () => {
    await using served = await serve();
    await using page = await TestPage.open(served.url);
    const reply = await ask(served.url, '/api/inbox/249/raw', { headers: page.headers });
    expect(reply.body).toBe('Subject: Hello\r\n\r\nHello');
  });

  test.each(['/api/inbox/250/attachments/9', '/api/inbox/9999/attachments/0', '/api/outbox/100/attachments/0'])(
    '%s is not there',
    async (path) => {
      await using served = await serve();
      await using page = await TestPage.open(served.url);
      expect((await ask(served.url, path, { headers: page.headers })).status).toBe(404);
    },
  );

  test.each(['/api/inbox/x/raw', '/api/inbox/-1/raw', '/api/inbox/1/attachments/1.5'])(
    '%s is refused',
    async (path) => {
      await using served = await serve();
      await using page = await TestPage.open(served.url);
      expect((await ask(served.url, path, { headers: page.headers })).status).toBe(400);
    },
  );

  test('pictures inside the HTML come as data', async () => {
    await using served = await serve();
    await using page = await TestPage.open(served.url);
    const pictures = await page.call('inbox.pictures', { id: 250 });
    expect(pictures).toEqual({ smile: expect.stringMatching(/^data:image\/png;base64,iVBOR/) });
  });

  test('Reset failed messages resets all that failed and nothing else', async () => {
    await using served = await serve();
    await using page = await TestPage.open(served.url);
    await expect(page.call('outbox.reset-failed')).resolves.toEqual({ reset: 1 });
    const states = served.host.outbox.emails.map(({ state }) => state);
    expect(states).toEqual(['queued', 'held', 'queued', 'uncertain', 'sent']);
  });
});
