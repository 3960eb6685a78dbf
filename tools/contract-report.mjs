import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, runTool } from './commands.mjs';

const FOLDER = 'packages/host-contracts';
const CONFIGURATION = `${FOLDER}/api-extractor.json`;
const CHANGELOG = 'CHANGELOG.md';

/** Compares the contract's surface with the report that was reviewed; `update` writes the report anew instead. */
export function compareReport({ update = false } = {}) {
  return runTool('api-extractor', ['run', ...(update ? ['--local'] : []), '-c', CONFIGURATION]) === 0;
}

/**
 * What a line of the changelog is missing, so that no change of the surface goes unsaid.
 *
 * @returns {string | undefined}
 */
export function missingInChangelog() {
  const report = readFileSync(join(ROOT, FOLDER, 'etc/host-contracts.api.md'));
  const name = `(contract ${createHash('sha256').update(report).digest('hex').slice(0, 8)})`;
  if (readFileSync(join(ROOT, CHANGELOG), 'utf8').includes(name)) return undefined;
  return `Say in ${CHANGELOG} what changed for hosts, in a line that ends with "${name}".`;
}
