import { join } from 'node:path';
import { ROOT, runForeground } from './commands.mjs';
import { setUp } from './set-up.mjs';

try {
  setUp();
  console.log('Starting the test host …');
  process.exitCode = await runForeground(join(ROOT, 'packages/test-host/dist/bin/test-host.js'), process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
