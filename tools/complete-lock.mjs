import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './commands.mjs';
import { platformEntry, readLock, unnamedOptionalPackages } from './lock-file.mjs';

const file = join(ROOT, 'package-lock.json');
const lock = readLock(file);
if (!lock) throw new Error('There is no package-lock.json: run npm install first.');
const unnamed = unnamedOptionalPackages(lock.packages);
for (const found of unnamed) lock.packages[`node_modules/${found.name}`] = platformEntry(found);
// npm's own order: by path.
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en')));
if (unnamed.length > 0) writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${unnamed.length} optional packages of other platforms added to package-lock.json.`);
