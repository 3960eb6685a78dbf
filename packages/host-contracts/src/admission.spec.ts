import { describe, expect, test } from '@jest/globals';
import { admit } from './admission.js';
import { CONTRACT_VERSION, type PluginManifest } from './manifest.js';

const manifest: PluginManifest = {
  id: 'exact-email',
  title: 'EXACT Email',
  enabledFrom: 'V13.706',
  contractVersion: CONTRACT_VERSION,
  inversify: 8,
  entry: './dist/plugin.module.js',
  browserModules: {},
};

describe('a host', () => {
  test.each(['V13.706', 'V13.706.1', 'V13.1000', 'V14.1', 'v13.706', '013.0706'])(
    'of version %s admits the plugin',
    (version) => {
      expect(admit(manifest, { version, inversify: 8 })).toEqual({ admitted: true });
    },
  );

  test.each([
    ['V13.705', 'host-too-old'],
    ['V13.71', 'host-too-old'],
    ['V12.999', 'host-too-old'],
    ['abc', 'host-version-unreadable'],
    ['', 'host-version-unreadable'],
  ])('of version %j refuses the plugin and says why', (version, code) => {
    expect(admit(manifest, { version, inversify: 8 })).toMatchObject({
      admitted: false,
      code,
      reason: expect.stringContaining('V13.706'),
    });
  });

  test('of another contract refuses the plugin', () => {
    const newer = { ...manifest, contractVersion: CONTRACT_VERSION + 1 };
    expect(admit(newer, { version: 'V14.1', inversify: 8 })).toMatchObject({
      admitted: false,
      code: 'contract-mismatch',
    });
  });

  test('with another inversify refuses the plugin', () => {
    expect(admit(manifest, { version: 'V14.1', inversify: 9 })).toMatchObject({
      admitted: false,
      code: 'inversify-mismatch',
    });
  });
});
