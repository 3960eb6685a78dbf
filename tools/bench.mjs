import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { nodeBinary, ROOT } from './commands.mjs';
import { setUp } from './set-up.mjs';

const RUNS = 15;
const PLUGIN = join(ROOT, 'packages/email-plugin');

/** Each runs in a Node of its own, in the plugin's folder. The first is what the others are compared with. */
const STEPS = [
  {
    title: 'inversify alone, which the host has anyway',
    code: "await import('reflect-metadata'); await import('inversify');",
  },
  {
    title: 'plugin refused by a host that is too old',
    code: `
      const { admit, readManifest } = await import('@exact/host-contracts');
      const { readFile } = await import('node:fs/promises');
      const reading = readManifest(JSON.parse(await readFile('package.json', 'utf8')));
      if (admit(reading.manifest, { version: 'V13.705', inversify: 8 }).admitted) throw new Error('It was admitted.');`,
  },
  { title: 'plugin loaded', code: "await import('@exact/email-plugin');" },
  {
    title: 'plugin loaded with all its libraries at once',
    code: `
      await import('@exact/email-plugin');
      for (const library of ['@azure/msal-node', 'imapflow', 'nodemailer', 'postal-mime']) await import(library);`,
  },
];

/**
 * @typedef {{ milliseconds: number, megabytes: number }} Cost
 *
 * @param {string} code
 * @returns {Cost} from the first line of the code to its last, beyond what an empty Node takes
 */
function measure(code) {
  const script = `
    const memory = process.memoryUsage().rss;
    const start = performance.now();
    ${code}
    const milliseconds = performance.now() - start;
    console.log(JSON.stringify({ milliseconds, megabytes: (process.memoryUsage().rss - memory) / 2 ** 20 }));`;
  const output = execFileSync(nodeBinary(), ['--input-type=module', '--eval', script], {
    cwd: PLUGIN,
    encoding: 'utf8',
  });
  return /** @type {Cost} */ (JSON.parse(output));
}

/** @param {number[]} values */
function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

/**
 * @param {Cost[]} costs
 * @returns {Cost}
 */
function medianCost(costs) {
  return {
    milliseconds: median(costs.map(({ milliseconds }) => milliseconds)),
    megabytes: median(costs.map(({ megabytes }) => megabytes)),
  };
}

setUp();
/** @type {Cost[][]} */
const measured = STEPS.map(() => []);
// In turn, so that a busy moment of the machine meets all of them alike.
for (let run = 0; run < RUNS; run++) STEPS.forEach(({ code }, step) => measured[step]?.push(measure(code)));

const costs = measured.map(medianCost);
console.log(`\nWhat the plugin costs when a host starts (median of ${RUNS} runs, each in a new process)\n`);
console.log(`${'ms'.padStart(8)}${'times'.padStart(8)}${'MB'.padStart(8)}${'times'.padStart(8)}`);
STEPS.forEach(({ title }, step) => {
  const { milliseconds, megabytes } = costs[step] ?? { milliseconds: NaN, megabytes: NaN };
  const [base = { milliseconds: NaN, megabytes: NaN }] = costs;
  const columns = [milliseconds, milliseconds / base.milliseconds, megabytes, megabytes / base.megabytes];
  console.log(`${columns.map((value) => value.toFixed(1).padStart(8)).join('')}  ${title}`);
});
