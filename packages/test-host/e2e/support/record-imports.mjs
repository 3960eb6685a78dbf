// Preloaded into a test host: writes each module that the process loads into imports.txt of its data directory.
import { appendFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';

const directory = process.argv[process.argv.indexOf('--data') + 1];
const record = process.argv.includes('--data') && directory !== undefined ? join(directory, 'imports.txt') : undefined;

if (record !== undefined) {
  registerHooks({
    load(url, context, nextLoad) {
      appendFileSync(record, `${url}\n`);
      return nextLoad(url, context);
    },
  });
}
