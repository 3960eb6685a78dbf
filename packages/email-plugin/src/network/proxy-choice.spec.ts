import { describe, expect, test } from '@jest/globals';
import { proxyFor } from './proxy-choice.js';

const SERVER = { host: 'smtp.office365.com', port: 587 };
const PROXY = 'http://proxy.practice.example:8080';

describe('the way to a server', () => {
  test('is direct when neither host nor environment name a proxy', () => {
    expect(proxyFor(SERVER, undefined, {})).toBeUndefined();
    expect(proxyFor(SERVER, undefined, { HTTPS_PROXY: ' ' })).toBeUndefined();
  });

  test.each([
    [{ HTTPS_PROXY: PROXY }, 'proxy.practice.example:8080'],
    [{ https_proxy: 'proxy.practice.example:8080' }, 'proxy.practice.example:8080'],
    [{ https_proxy: 'small:1', HTTPS_PROXY: 'capital:1' }, 'small:1'],
    [{ https_proxy: '', HTTPS_PROXY: 'capital:1' }, 'capital:1'],
  ])('leads through the environment’s proxy: %j', (environment, host) => {
    expect(proxyFor(SERVER, undefined, environment)?.host).toBe(host);
  });

  test.each([{ NO_PROXY: 'example.com, office365.com' }, { no_proxy: 'office365.com', NO_PROXY: 'example.com' }])(
    'is direct for what the environment leaves out: %j',
    (environment) => {
      expect(proxyFor(SERVER, undefined, { HTTPS_PROXY: PROXY, ...environment })).toBeUndefined();
    },
  );

  test('is direct to this computer, whatever the environment says', () => {
    const environment = { HTTPS_PROXY: PROXY, NO_PROXY: 'example.com' };
    expect(proxyFor({ host: '127.0.0.1', port: 1 }, undefined, environment)).toBeUndefined();
  });

  test('is the host’s when it gives one: the environment is not asked then', () => {
    const environment = { HTTPS_PROXY: 'other:1', NO_PROXY: '*' };
    expect(proxyFor(SERVER, { url: PROXY }, environment)?.hostname).toBe('proxy.practice.example');
    expect(proxyFor(SERVER, { url: PROXY, bypass: ['*'] }, environment)).toBeUndefined();
  });

  test('leads to this computer through the host’s proxy only where its list says so', () => {
    const here = { host: '127.0.0.1', port: 1 };
    expect(proxyFor(here, { url: PROXY }, {})).toBeUndefined();
    expect(proxyFor(here, { url: PROXY, bypass: [] }, {})).toBeDefined();
  });

  test.each(['socks5://proxy:1080', 'http://', 'http://proxy:none', 'two words'])(
    'is not guessed when the proxy’s address can’t be read: %s',
    (url) => {
      expect(() => proxyFor(SERVER, { url }, {})).toThrow(expect.objectContaining({ code: 'ERR_PROXY_ADDRESS' }));
    },
  );

  test('tells no password of an address that can’t be read', () => {
    expect(() => proxyFor(SERVER, { url: 'socks://user:secret@proxy' }, {})).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('secret') }),
    );
  });
});
