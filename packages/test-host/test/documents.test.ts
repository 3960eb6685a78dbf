import { access, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { HELP, readCommandLine } from '../dist/src/options.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** What the root's type check compiles. */
const COMPILED = /^(?:packages\/[\w-]+\/src|docs\/example-host)\/.*\.tsx?$/;
/** What the scripts take, other than the test host. */
const ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  test: ['unit', 'integration', 'dovecot', 'e2e'],
  bench: ['--quick', '--way <loopback|far|line>', '--rounds <number>', '--messages <number>'],
  crash: ['--runs <number>', '--seed <number>', '--only <sending|receiving>'],
  fuzz: ['--rounds <number>', '--seed <number>'],
};

interface Block {
  /** Document and line, as an editor finds it. */
  readonly place: string;
  readonly language: string;
  /** What the block names with `file=`. */
  readonly file: string | undefined;
  readonly lines: readonly string[];
}

const DOCUMENTS = await documents();
const TEXTS = new Map(await Promise.all(DOCUMENTS.map(async (name) => [name, await read(name)] as const)));
const BLOCKS = [...TEXTS].flatMap(([name, text]) => blocksOf(name, text));
const COMMANDS = [...blocks('sh').flatMap(commandsOfBlock), ...[...TEXTS].flatMap(commandsInText)];

async function documents(): Promise<readonly string[]> {
  const inDocs = await readdir(join(ROOT, 'docs'));
  return [
    'README.md',
    'CONTRIBUTING.md',
    ...inDocs.filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`),
  ];
}

function read(path: string): Promise<string> {
  return readFile(join(ROOT, path), 'utf8');
}

function blocksOf(name: string, text: string): readonly Block[] {
  return [...text.matchAll(/^( *)```(\w*)(?: file=(\S+))?[^\n]*\n(.*?)^\1```$/gms)].map((match) => {
    const [, , language = '', file, body = ''] = match;
    const place = `${name}:${text.slice(0, match.index).split('\n').length}`;
    return { place, language, file, lines: trimmed(body) };
  });
}

function blocks(language: string): readonly Block[] {
  return BLOCKS.filter((block) => block.language === language);
}

/** Lines without their indentation, which a document takes away. */
function trimmed(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** Each line without its comment. */
function commandsOfBlock({ place, lines }: Block): readonly (readonly [place: string, command: string])[] {
  return lines.map((line) => [place, line.replace(/ # .*/, '').trim()] as const);
}

/** What a sentence, or a comment in a block, shows in backticks. */
function commandsInText([name, text]: readonly [string, string]): readonly (readonly [
  place: string,
  command: string,
])[] {
  return [...text.matchAll(/`(npm [^`\n]+)`/g)].map(([, command = '']) => [name, command] as const);
}

async function problemOf(command: string): Promise<string | undefined> {
  const [program, first = '', ...rest] = command.split(/\s+/);
  if (program === 'node') return nodeProblem([first, ...rest]);
  if (program !== 'npm') return `nobody knows the program ${program ?? ''}`;
  const [script = '', given] = first === 'run' ? [rest[0], rest.slice(1)] : [first, rest];
  const { scripts } = JSON.parse(await read('package.json')) as { readonly scripts: Readonly<Record<string, string>> };
  if (!Object.hasOwn(scripts, script)) return `there is no npm script ${script}`;
  if (given.length > 0 && given[0] !== '--') return 'options of a script stand behind two dashes';
  return argumentsProblem(script, given.slice(1));
}

async function nodeProblem(args: readonly string[]): Promise<string | undefined> {
  const program = args.find((argument) => !argument.startsWith('-')) ?? '';
  return access(join(ROOT, program)).then(
    () => undefined,
    () => `there is no file ${program}`,
  );
}

function argumentsProblem(script: string, given: readonly string[]): string | undefined {
  if (script === 'start') {
    const line = readCommandLine(given);
    return line.kind === 'refused' ? line.problem : undefined;
  }
  const known = new Set((ARGUMENTS[script] ?? []).flatMap(writtenOut));
  const words = given.map((word) => word.replace(/^\d+$/, '<number>'));
  // An option stands with the word behind it where it takes one.
  const unknown = words.filter((word, index) => {
    const withItsWord = [`${word} ${words[index + 1] ?? ''}`, `${words[index - 1] ?? ''} ${word}`];
    return ![word, ...withItsWord].some((each) => known.has(each));
  });
  return unknown.length === 0 ? undefined : `${script} takes no ${unknown.join(' ')}`;
}

/** `--way <loopback|far>` as `--way loopback` and `--way far`. */
function writtenOut(argument: string): readonly string[] {
  const [, option = '', choices = ''] = /^(\S+) <(\S+\|\S+)>$/.exec(argument) ?? [];
  return choices === '' ? [argument] : choices.split('|').map((choice) => `${option} ${choice}`);
}

describe('the code blocks of the documents', () => {
  test('are of a kind that is checked here, or plain text', () => {
    const others = BLOCKS.filter(({ language }) => !['ts', 'sh', 'json', 'text'].includes(language));
    expect(others.map(({ place }) => place)).toEqual([]);
    for (const language of ['ts', 'sh', 'json']) expect(blocks(language)).not.toEqual([]);
  });

  test.each(blocks('ts').map((block) => [block.place, block] as const))(
    'ts at %s: stands word for word in a file that the type check compiles',
    async (_place, { file = '(no file=)', lines }) => {
      expect(file).toMatch(COMPILED);
      expect(`\n${trimmed(await read(file)).join('\n')}\n`).toContain(`\n${lines.join('\n')}\n`);
    },
  );

  test.each(COMMANDS)(
    'command at %s: "%s" names a script or file that exists, with options that it knows',
    async (_place, command) => {
      expect(await problemOf(command)).toBeUndefined();
    },
  );

  test.each(blocks('json').map((block) => [block.place, block] as const))('json at %s: parses', (_place, { lines }) => {
    expect(() => JSON.parse(lines.join('\n')) as unknown).not.toThrow();
  });
});

describe('what the documents name', () => {
  test.each(DOCUMENTS)('%s: each file and heading that it links to is there', async (name) => {
    const links = [...(TEXTS.get(name) ?? '').matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)/g)];
    for (const [, path = '', heading] of links) {
      const target = path === '' ? name : join(dirname(name), path);
      await access(join(ROOT, target));
      if (heading !== undefined) expect(headingsOf(await read(target))).toContain(heading);
    }
  });

  test('the README has a row for each option of the test host, and for no other', () => {
    const optionsIn = (text: string): readonly string[] =>
      [...new Set(text.match(/--[a-z][a-z-]+/g))].filter((option) => option !== '--help').sort();
    const rows = (TEXTS.get('README.md') ?? '').split('\n').filter((line) => line.startsWith('| `--'));
    expect(optionsIn(rows.join('\n'))).toEqual(optionsIn(HELP));
  });
});

/** Headings as GitHub makes links of them. */
function headingsOf(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
}
