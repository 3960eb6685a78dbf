import { describe, expect, test } from '@jest/globals';
import { readManifest } from './manifest.js';

const good = {
  id: 'exact-email',
  title: 'EXACT Email',
  enabledFrom: 'V13.706',
  contractVersion: 1,
  inversify: 8,
  entry: './dist/plugin.module.js',
  browserModules: { 'sign-in': './dist/browser/sign-in.js' },
};

describe('a manifest', () => {
  test('is read out of package.json as data', () => {
    expect(readManifest({ name: '@exact/email-plugin', exactPlugin: good })).toEqual({ ok: true, manifest: good });
  });

  test('needs no browser modules', () => {
    const { browserModules: _none, ...rest } = good;
    expect(readManifest({ exactPlugin: rest })).toEqual({ ok: true, manifest: { ...rest, browserModules: {} } });
  });

  test.each([
    ['no object', undefined],
    ['a list', []],
    ['a strange id', { ...good, id: 'Exact Email' }],
    ['no title', { ...good, title: ' ' }],
    ['a version that can’t be read', { ...good, enabledFrom: 'soon' }],
    ['a contract version that is no number', { ...good, contractVersion: '1' }],
    ['half an inversify', { ...good, inversify: 8.2 }],
    ['no entry', { ...good, entry: undefined }],
    ['browser modules that are no paths', { ...good, browserModules: { 'sign-in': 1 } }],
  ])('with %s is refused with the reason', (_what, data) => {
    expect(readManifest({ exactPlugin: data })).toMatchObject({ ok: false, reason: expect.stringMatching(/./) });
  });

  test.each([undefined, null, 1, 'x', []])('in %j is refused', (packageJson) => {
    expect(readManifest(packageJson)).toMatchObject({ ok: false });
  });
});
