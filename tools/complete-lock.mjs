import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './commands.mjs';
import { platformEntry, unnamedOptionalPackages } from './lock-file.mjs';

const file = join(ROOT, 'package-lock.json');
const lock = JSON.parse(readFileSync(file, 'utf8'));
const unnamed = unnamedOptionalPackages(lock.packages);
const added = unnamed.map((found) => [`node_modules/${found.name}`, platformEntry(found)]);
const [root, ...others] = Object.entries(lock.packages);
const sorted = [...others, ...added].sort(([a], [b]) => a.localeCompare(b, 'en'));
if (added.length > 0) {
  writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries([root, ...sorted]) }, null, 2)}\n`);
}
console.log(`${added.length} optional packages of other platforms added to package-lock.json.`);
