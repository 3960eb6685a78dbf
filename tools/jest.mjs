import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { nodeBinary, ROOT } from './commands.mjs';

// Called by the packages' scripts in their folder: node ../../tools/jest.mjs <suite> [<arguments of jest>]
const [suite = 'unit', ...args] = process.argv.slice(2);
mkdirSync('test-results', { recursive: true });
const { status, error } = spawnSync(
  nodeBinary(),
  [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    join(ROOT, 'node_modules/jest/bin/jest.js'),
    `--selectProjects=${suite}`,
    `--maxWorkers=${suite === 'e2e' ? 1 : 2}`,
    '--json',
    `--outputFile=test-results/${suite}.json`,
    ...args,
  ],
  { stdio: 'inherit' },
);
if (error) throw error;
process.exitCode = status ?? 1;
