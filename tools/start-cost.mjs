import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { nodeBinary, ROOT } from './commands.mjs';

const RUNS = 15;
const PLUGIN = join(ROOT, 'packages/email-plugin');

/** What the plugin may add to a host's start. */
const LIMITS = { milliseconds: 20, megabytes: 5 };

/** A host with its services in a container, ready to load plugins. */
const HOST = `
  await import('reflect-metadata');
  const { Container } = await import('inversify');
  const contracts = await import('@exact/host-contracts');
  const services = new Container();
  const all = Object.entries(contracts).filter(([, contract]) => typeof contract === 'symbol');
  const isContribution = ([name]) => name.endsWith('Contribution');
  for (const [, contract] of all.filter((each) => !isContribution(each))) services.bind(contract).toConstantValue({});`;

const LOADING = `
  const { plugin } = await import('@exact/email-plugin');
  const container = new Container({ parent: services });
  await container.loadAsync(plugin);
  for (const [, contract] of all.filter(isContribution)) await container.getAllAsync(contract);`;

/** Each runs in a Node of its own, in the plugin's folder. The first is what the others are compared with. */
const STEPS = [
  { title: 'host without the plugin: inversify, contracts, container', code: HOST },
  {
    title: 'plugin refused by a host that is too old',
    code: `${HOST}
      const { readFile } = await import('node:fs/promises');
      const reading = contracts.readManifest(JSON.parse(await readFile('package.json', 'utf8')));
      if (contracts.admit(reading.manifest, { version: 'V13.705', inversify: 8 }).admitted) throw new Error('It was admitted.');`,
  },
  { title: 'plugin loaded, all its contributions made', code: HOST + LOADING },
  {
    title: 'plugin loaded with all its libraries at once',
    code: `${HOST + LOADING}
      for (const library of ['@azure/msal-node', 'imapflow', 'nodemailer', 'postal-mime']) await import(library);`,
  },
];

/**
 * @typedef {{ milliseconds: number, megabytes: number }} Cost
 *
 * @param {string} code
 * @param {string} [before] what is there already and not counted
 * @returns {Cost} from the first line of the code to its last, beyond what Node and the code before it take
 */
function measure(code, before = '') {
  const script = `
    ${before}
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

/** @type {Cost} */
const UNKNOWN = { milliseconds: NaN, megabytes: NaN };

/** Prints what loading the plugin adds to a host's start. */
export function printStartCost() {
  /** @type {Cost[][]} */
  const measured = STEPS.map(() => []);
  /** @type {Cost[]} */
  const loading = [];
  // In turn, so that a busy moment of the machine meets all of them alike.
  for (let run = 0; run < RUNS; run++) {
    STEPS.forEach(({ code }, step) => measured[step]?.push(measure(code)));
    loading.push(measure(LOADING, HOST));
  }

  const costs = measured.map(medianCost);
  console.log(`\nWhat the plugin costs when a host starts (median of ${RUNS} runs, each in a new process)\n`);
  console.log(`${'ms'.padStart(8)}${'times'.padStart(8)}${'MB'.padStart(8)}${'times'.padStart(8)}`);
  STEPS.forEach(({ title }, step) => {
    const { milliseconds, megabytes } = costs[step] ?? UNKNOWN;
    const [base = UNKNOWN] = costs;
    const columns = [milliseconds, milliseconds / base.milliseconds, megabytes, megabytes / base.megabytes];
    console.log(`${columns.map((value) => value.toFixed(1).padStart(8)).join('')}  ${title}`);
  });

  // What else the machine does only ever adds time: the best run is the nearest to what the plugin itself costs.
  const best = Math.min(...loading.map(({ milliseconds }) => milliseconds));
  const { milliseconds, megabytes } = medianCost(loading);
  const isWithin = best < LIMITS.milliseconds && megabytes < LIMITS.megabytes;
  console.log(
    `\nLoading the plugin adds ${best.toFixed(1)} ms at best, ${milliseconds.toFixed(1)} ms in the median, and ` +
      `${megabytes.toFixed(1)} MB to a host's start: at best ${isWithin ? 'within' : 'OVER'} the limits of ` +
      `${LIMITS.milliseconds} ms and ${LIMITS.megabytes} MB.`,
  );
}
