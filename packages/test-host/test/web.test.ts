import { describe, expect, test } from '@jest/globals';
import { serve } from './web-support/served.js';
import { ask, TestPage } from './web-support/web-client.js';

describe('only the page of this start drives the test host', () => {
  test('another host name for 127.0.0.1 gets nothing, not even the page', async () => {
    await using served = await serve();
    const { port } = new URL(served.url);
    for (const host of [`localhost:${port}`, 'attacker.example', `127.0.0.1.attacker.example:${port}`, '127.0.0.1']) {
      const reply = await ask(served.url, '/', { headers: { host } });
      expect({ host, status: reply.status }).toEqual({ host, status: 421 });
      expect(reply.body).not.toContain('exact-secret');
    }
  });

  test.each(['http://attacker.example', 'null', 'https://127.0.0.1:1', 'http://127.0.0.1'])(
    'a page of the origin %s is refused, even with the secret',
    async (origin) => {
      await using served = await serve();
      await using page = await TestPage.open(served.url);
      const reply = await ask(served.url, '/api/call/menu', {
        method: 'POST',
        headers: { ...page.headers, origin },
        body: '{}',
      });
      expect(reply.status).toBe(403);
    },
  );

  test('its own origin is let in', async () => {
    await using served = await serve();
    await using page = await TestPage.open(served.url);
    const origin = new URL(served.url).origin;
    const headers = { ...page.headers, origin };
    const reply = await ask(served.url, '/api/call/menu', { method: 'POST', headers, body: '{}' });
    expect(reply.status).toBe(200);
  });

  test('a picture or script tag of another site gets nothing', async () => {
    await using served = await serve();
    const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' };
    expect((await ask(served.url, '/', { headers })).status).toBe(403);
  });

  test.each([
    ['no secret', undefined],
    ['an empty secret', ''],
    ['a wrong secret', 'A'.repeat(43)],
  ])('%s opens no call, no event stream, no upload and no download', async (_what, secret) => {
    await using served = await serve();
    const headers: Record<string, string> = secret === undefined ? {} : { 'x-exact-secret': secret };
    const paths = ['/api/call/menu', '/api/attachments'];
    for (const path of paths) {
      expect((await ask(served.url, path, { method: 'POST', headers, body: '{}' })).status).toBe(403);
    }
    for (const path of ['/api/events', '/api/inbox/1/raw', '/api/inbox/250/attachments/0']) {
      expect((await ask(served.url, path, { headers })).status).toBe(403);
    }
  });

  test('each start has another secret', async () => {
    await using first = await serve();
    await using second = await serve();
    await using page = await TestPage.open(first.url);
    await using other = await TestPage.open(second.url);
    expect(page.secret).not.toBe(other.secret);
    const reply = await ask(second.url, '/api/call/menu', { method: 'POST', headers: page.headers, body: '{}' });
    expect(reply.status).toBe(403);
  });

  test('the page may load nothing from elsewhere and stand in no frame', async () => {
    await using served = await serve();
    const { headers } = await ask(served.url, '/');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe-eval');
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
  });
});

describe('what is not understood is refused and changes nothing', () => {
  test.each([
    ['panel.set-may-configure', '{'],
    ['panel.set-may-configure', '"on"'],
    ['panel.set-may-configure', '{"on":"yes"}'],
    ['panel.set-may-configure', '{"on":false,"extra":1}'],
    ['panel.set-database-name', '{"name":"  "}'],
    ['inbox.list', '{"folder":"inbox","offset":-1,"limit":100}'],
    ['inbox.list', '{"folder":"spam","offset":0,"limit":100}'],
    ['inbox.move', '{"ids":[],"folder":"deleted"}'],
    ['inbox.read', '{"id":"1"}'],
    ['outbox.decide', '{"id":100,"decision":"maybe"}'],
    ['email.send', '{"to":"a@b.example"}'],
  ])('%s with %s', async (method, body) => {
    await using served = await serve();
    await using page = await TestPage.open(served.url);
    const before = [await served.host.panel.state(), served.host.inbox.messages, served.host.outbox.emails];
    const reply = await page.post(method, body);
    expect(reply.status).toBe(400);
    expect((JSON.parse(reply.body) as { error: string }).error).toMatch(/^The test host does not understand/);
    expect([await served.host.panel.state(), served.host.inbox.messages, served.host.outbox.emails]).toEqual(before);
    await expect(page.call('menu')).resolves.toHaveLength(1);
  });

  test.each(['nothing', 'constructor', '__proto__', 'toString'])('a method called %s', async (method) => {
    await using served = await serve();
    await using page = await TestPage.open(served.url);
    expect((await page.post(method, '{}')).status).toBe(404);
  });

  test('a path outside of the page', async () => {
    await using served = await serve();
    for (const path of ['/assets/..%2f..%2fetc%2fpasswd', '/../package.json', '/plugins/x/..%2fx.js']) {
      expect((await ask(served.url, path)).status).toBeGreaterThanOrEqual(400);
    }
  });
});

describe('failures', () => {
  test('an expected one comes as data', async () => {
    await using served = await serve();
    await using page = await TestPage.open(served.url);
    const reply = await page.post('wizard.open', '{"menuEntry":"nothing"}');
    expect(reply.status).toBe(200);
    expect(JSON.parse(reply.body)).toHaveProperty('failure.code', '5.7.139');
  });

  test('a defect is logged without its message, and the page is told no more than that', async () => {
    await using served = await serve();
    await using page = await TestPage.open(served.url);
    served.host.emailService = () => Promise.reject(new Error('secret inside'));
    const reply = await page.post('email-service', '{}');
    expect(reply.status).toBe(500);
    expect(reply.body).not.toContain('secret inside');
    expect(served.log.map(({ event }) => event)).toContain('web.request-failed');
    expect(JSON.stringify(served.log)).not.toContain('secret inside');
  });
});
