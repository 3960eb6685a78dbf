import { execFile } from 'node:child_process';
import { cp, lstat, mkdtemp, readdir, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const EXAMPLE = join(ROOT, 'docs/example-host');
const PACKAGES = ['host-contracts', 'email-plugin'] as const;

/** A registry that is slow is no fault. Milliseconds. */
const INSTALL_LIMIT = 300_000;

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

let folder: string;
const packed = new Map<string, Packed>();

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'exact-another-host-')));
  for (const name of PACKAGES) {
    const { stdout } = await npm(join(ROOT, 'packages', name), 'pack', '--json', '--pack-destination', folder);
    // A list, or in newer versions of npm an object by name.
    const [result] = Object.values(JSON.parse(stdout) as Readonly<Record<string, Packed>>);
    if (result) packed.set(name, result);
  }
  for (const file of ['package.json', 'host.ts', 'services.ts', 'clock.ts', 'memory-inbox.ts', 'conformance.ts']) {
    await cp(join(EXAMPLE, file), join(folder, file));
  }
  const tarballs = [...packed.values()].map(({ filename }) => join(folder, filename));
  await npm(folder, 'install', '--prefer-offline', '--no-audit', '--no-fund', '--no-package-lock', ...tarballs);
}, INSTALL_LIMIT);

afterAll(() => rm(folder, { recursive: true, force: true }));

/** What npm or Jest say to the programs that they start would make npm work in this workspace, or change Node. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const ours =
    /^(?:npm_(?:package|lifecycle)_|npm_config_(?:local_prefix|workspaces?$|json$|loglevel$)|INIT_CWD$|NODE_OPTIONS$)/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));
}

function npm(cwd: string, ...args: readonly string[]): Promise<{ stdout: string }> {
  const options = { cwd, env: cleanEnvironment(), maxBuffer: 1e8 };
  return process.platform === 'win32'
    ? run('npm.cmd', [...args, '--ignore-scripts'], { ...options, shell: true })
    : run('npm', [...args, '--ignore-scripts'], options);
}

/** Runs a program of the example in the folder. Rejects with what it printed when it fails. */
async function node(...args: readonly string[]): Promise<string> {
  const { stdout } = await run(process.execPath, ['--no-warnings', ...args], { cwd: folder, env: cleanEnvironment() });
  return stdout;
}

describe('what a host installs', () => {
  test.each(PACKAGES)('%s holds what is built and no tests, sources or build records', (name) => {
    const paths = packed.get(name)?.files.map(({ path }) => path) ?? [];
    expect(paths).toContain('package.json');
    expect(paths.filter((path) => path.endsWith('.d.ts')).length).toBeGreaterThan(10);
    expect(paths.filter((path) => path !== 'package.json' && !/^dist\/.*\.js$|^dist\/.*\.d\.ts$/.test(path))).toEqual(
      [],
    );
    expect(paths.filter((path) => /\.(?:spec|test)\./.test(path))).toEqual([]);
  });

  test('is the two packages, with nothing else of ours', async () => {
    const ours = join(folder, 'node_modules/@exact');
    expect((await readdir(ours)).sort()).toEqual(['email-plugin', 'host-contracts']);
    for (const name of PACKAGES) expect((await lstat(join(ours, name))).isSymbolicLink()).toBe(false);
  });

  test('shares one inversify and one set of contracts with the plugin', async () => {
    const nested = await readdir(join(folder, 'node_modules/@exact/email-plugin'));
    expect(nested).not.toContain('node_modules');
  });
});

describe('the example host, with the two packages alone', () => {
  test('loads the plugin, opens the wizard without any web page and finishes it', async () => {
    const said = await node('host.ts');
    expect(said).toContain('Loaded: EXACT Email\nMenu: Configure > Email and SMS Setup\n');
    expect(said).toContain('Jobs: email.receive, email.send\n');
    for (const page of ['Email Provider', 'Account Details', 'Scheduled Send and Receive', 'Test']) {
      expect(said).toContain(`Email and SMS Setup: ${page}\n`);
    }
    expect(said).toContain('radio: Email provider\n      ( ) Microsoft Office 365\n');
    expect(said).toContain('signIn: Authenticate\n');
    expect(said).toContain('Finish with email turned off: finished\n');
  });

  test('refuses the plugin by its manifest when it is too old', async () => {
    const said = await node('host.ts', 'V13.705');
    expect(said).toBe('Refused: EXACT Email needs V13.706 or newer; this host is V13.705.\n');
  });

  test('passes what it claims of the conformance suite', async () => {
    const said = await node('--test', '--test-reporter=tap', 'conformance.ts');
    expect(said).toMatch(/^# fail 0$/m);
    const [, passed] = /^# pass (\d+)$/m.exec(said) ?? [];
    expect(Number(passed)).toBeGreaterThan(10);
  });

  test('is about fifty lines of code', async () => {
    const lines = (await readFile(join(EXAMPLE, 'host.ts'), 'utf8')).split('\n');
    expect(lines.filter((line) => line.trim() !== '' && !line.startsWith('//')).length).toBeLessThanOrEqual(60);
  });
});
