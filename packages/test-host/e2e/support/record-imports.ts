// Preloaded into a test host: writes each module that the process loads into imports.txt of its data directory.
import { appendFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';

const position = process.argv.indexOf('--data');
const directory = position < 0 ? undefined : process.argv[position + 1];

if (directory !== undefined) {
  registerHooks({
    load(url, context, nextLoad) {
      appendFileSync(join(directory, 'imports.txt'), `${url}\n`);
      return nextLoad(url, context);
    },
  });
}
