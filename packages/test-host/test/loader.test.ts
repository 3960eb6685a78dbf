import { execFile } from 'node:child_process';
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { FakeClock } from '@exact/test-host';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fixture, startWith } from './host-harness.js';

const run = promisify(execFile);
const LOAD = fileURLToPath(new URL('fixtures/load-plugin.ts', import.meta.url));
const IMPORT_ENTRY = fileURLToPath(new URL('fixtures/import-entry.ts', import.meta.url));
const WELL = { plugin: 'fixture-well', title: 'Fixture that is well' };

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'exact-loader-'));
});
afterAll(() => rm(directory, { recursive: true }));

/** Starts a host of that version in a process of its own and tells which modules of a plugin it imported. */
async function importsOf(version: string, plugin: string): Promise<{ records: unknown; imported: readonly string[] }> {
  const { stdout } = await run(process.execPath, ['--no-warnings', LOAD, version, plugin]);
  return JSON.parse(stdout) as { records: unknown; imported: readonly string[] };
}

describe('a host older than the plugin needs', () => {
  test.each([
    ['V13.705', 'host-too-old'],
    ['V13.71', 'host-too-old'],
    ['V12.999', 'host-too-old'],
    ['abc', 'host-version-unreadable'],
  ])('%s shows no menu entry, imports nothing of the plugin and says why', async (hostVersion, code) => {
    await using testHost = await startWith(['well'], { hostVersion });
    expect(await testHost.host.menu()).toEqual([]);
    const { plugins } = await testHost.host.panel.state();
    expect(plugins).toMatchObject([{ ...WELL, kind: 'refused', admission: { code } }]);
    const { records, imported } = await importsOf(hostVersion, fixture('well'));
    expect(records).toMatchObject([{ kind: 'refused', admission: { code } }]);
    expect(imported).toEqual([]);
  });
});

describe('a host that is new enough', () => {
  test.each(['V13.706', 'V13.706.1', 'V13.1000', 'V14.1'])('%s loads the plugin', async (hostVersion) => {
    await using testHost = await startWith(['well'], { hostVersion });
    expect(await testHost.host.menu()).toMatchObject([{ id: 'fixture', label: 'Fixture', enabled: true }]);
    const { records, imported } = await importsOf(hostVersion, fixture('well'));
    expect(records).toEqual([{ ...WELL, kind: 'loaded' }]);
    expect(imported.some((url) => url.endsWith('plugins/well/plugin.ts'))).toBe(true);
  });
});

describe('a plugin that is not well', () => {
  test.each([
    ['throws', 'This entry throws'],
    ['lacks-a-service', 'FixtureWeatherService'],
  ] as const)('because it %s is recorded by name, and the host runs on', async (name, reason) => {
    await using testHost = await startWith([name, 'well']);
    const { plugins } = await testHost.host.panel.state();
    expect(plugins).toMatchObject([
      { plugin: `fixture-${name}`, kind: 'failed', reason: expect.stringContaining(reason) },
      { ...WELL, kind: 'loaded' },
    ]);
    expect(await testHost.host.menu()).toHaveLength(1);
  });

  test('because it hangs is left behind after a while', async () => {
    const clock = new FakeClock();
    const starting = startWith(['hangs', 'well'], { clock });
    await clock.until(() => clock.sleepers > 0);
    await clock.advance(10_000);
    await using testHost = await starting;
    const { plugins } = await testHost.host.panel.state();
    expect(plugins).toMatchObject([
      { plugin: 'fixture-hangs', kind: 'failed', reason: 'It did not load within 10 seconds' },
      { ...WELL, kind: 'loaded' },
    ]);
    expect(await testHost.host.menu()).toHaveLength(1);
  });

  test.each([
    ['no package.json', undefined],
    ['no JSON in it', '{'],
    ['no manifest in it', '{}'],
  ])('because there is %s is recorded, and the host runs on', async (_what, content) => {
    await using cleaning = new AsyncDisposableStack();
    const empty = await mkdtemp(join(directory, 'plugin-'));
    cleaning.defer(() => rm(empty, { recursive: true }));
    if (content !== undefined) await writeFile(join(empty, 'package.json'), content);
    await using testHost = await startWith([], { plugins: [empty, fixture('well')] });
    expect((await testHost.host.panel.state()).plugins).toMatchObject([{ kind: 'failed' }, { kind: 'loaded' }]);
  });
});

describe('a browser module', () => {
  test('is the file that the manifest names, of a loaded plugin only', async () => {
    await using testHost = await startWith(['well', 'throws']);
    const { host } = testHost;
    expect(host.browserModule('fixture-well', 'page')).toBe(join(fixture('well'), 'page.js'));
    for (const [plugin, name] of [
      ['fixture-well', 'other'],
      ['fixture-well', 'constructor'],
      ['fixture-throws', 'page'],
      ['nobody', 'page'],
    ] as const) {
      expect(host.browserModule(plugin, name)).toBeUndefined();
    }
  });
});

const EMAIL_PLUGIN = fileURLToPath(new URL('../../email-plugin', import.meta.url));

describe('the email plugin', () => {
  test('is built', async () => {
    await access(join(EMAIL_PLUGIN, 'dist/plugin.module.js'));
    expect(await readFile(join(EMAIL_PLUGIN, 'package.json'), 'utf8')).toContain('exactPlugin');
  });

  test.each(['V13.705', 'V13.71', 'V12.999', 'abc'])('in a host %s is not imported at all', async (version) => {
    expect((await importsOf(version, EMAIL_PLUGIN)).imported).toEqual([]);
  });

  test.each(['V13.706', 'V14.1'])('in a host %s loads, and nothing heavy with it', async (version) => {
    const { records, imported } = await importsOf(version, EMAIL_PLUGIN);
    expect(records).toEqual([{ plugin: 'exact-email', title: 'EXACT Email', kind: 'loaded' }]);
    expect(imported.filter((url) => /node_modules\/(@azure|imapflow)\//.test(url))).toEqual([]);
  });

  test('brings no library or part of Node with its entry that the host has not anyway', async () => {
    const entry = pathToFileURL(join(EMAIL_PLUGIN, 'dist/plugin.module.js')).href;
    const { stdout } = await run(process.execPath, ['--no-warnings', IMPORT_ENTRY, entry]);
    const libraries = JSON.parse(stdout) as readonly string[];
    expect(libraries.filter((name) => !name.startsWith('@inversifyjs/')).sort()).toEqual([
      'inversify',
      'reflect-metadata',
    ]);
  });
});
