import {
  type Clock,
  type JsonValue,
  redact,
  type SupportContribution,
  type SupportSection,
} from '@exact/host-contracts';
import type { SupportFile } from './host.js';

/** How long a plugin may take for its part. Milliseconds of the host's clock. */
const PART_LIMIT = 30_000;

/** The end of the host's log. */
export interface LogTail {
  /** The newest lines, oldest first. */
  lastLines(): Promise<readonly string[]>;
}

/** What it is written from. */
export interface SupportSources {
  readonly clock: Clock;
  /** What the host itself has to say. */
  readonly sections: readonly SupportSection[];
  readonly contributions: readonly SupportContribution[];
  readonly log: LogTail;
  /** Words that the host knows to be of patients. */
  readonly known: readonly string[];
}

const OPENING = [
  'EXACT support file',
  'For EXACT support, to see why email does not work. It holds no email and no attachment, no name of a patient, no address and no password.',
];

/** Writes the support file: each part of the host and of the plugins as readable text, with what must not leave taken out. */
export async function writeSupportFile(sources: SupportSources): Promise<SupportFile> {
  const { clock, contributions, known } = sources;
  const parts = await Promise.all(contributions.map((contribution) => partOf(contribution, clock)));
  const log = await sources.log.lastLines();
  const at = new Date(clock.now()).toISOString();
  const lines = [
    ...OPENING,
    `Written: ${at}, time zone ${clock.timeZone()}`,
    ...[...sources.sections, ...parts.flat()].flatMap(({ title, data }) => ['', `== ${title} ==`, ...asLines(data)]),
    '',
    '== Log, the newest last ==',
    ...log,
  ];
  const text = lines.map((line) => redact(line, known)).join('\n');
  return { name: `exact-email-support-${at.slice(0, 16).replace('T', '-').replace(':', '')}.txt`, text: `${text}\n` };
}

/** What a plugin has to say, or why it is missing. */
async function partOf(contribution: SupportContribution, clock: Clock): Promise<readonly SupportSection[]> {
  const over = new AbortController();
  const done = new AbortController();
  const limit = clock.sleep(PART_LIMIT, done.signal).then(() => {
    const late = new Error(`no answer within ${PART_LIMIT / 1000} seconds`);
    over.abort(late);
    throw late;
  });
  try {
    return await Promise.race([contribution.sections(over.signal), limit]);
  } catch (error) {
    const reason = Error.isError(error) ? error.message : String(error);
    return [{ title: `Part ${contribution.id}`, data: { missing: reason } }];
  } finally {
    // Where the limit has not been awaited, its end is nobody's news.
    limit.catch(() => undefined);
    done.abort();
  }
}

/** Plain data as people read it: a line for each value, what belongs together under its name. */
function asLines(value: JsonValue, indent = ''): readonly string[] {
  if (value === null || typeof value !== 'object') return [`${indent}${oneLine(value)}`];
  const entries = Array.isArray(value)
    ? (value as readonly JsonValue[]).map((each) => ['-', each] as const)
    : Object.entries(value).map(([name, each]) => [`${oneLine(name)}:`, each] as const);
  if (entries.length === 0) return [`${indent}none`];
  return entries.flatMap(([name, each]) =>
    each !== null && typeof each === 'object' && Object.keys(each).length > 0
      ? [`${indent}${name}`, ...asLines(each, `${indent}  `)]
      : [`${indent}${name} ${asLines(each).join('')}`],
  );
}

/** Whatever a text holds, it begins no line of its own. */
function oneLine(value: string | number | boolean | null): string {
  return String(value).replace(/\s*[\r\n]+\s*/g, ' / ');
}
