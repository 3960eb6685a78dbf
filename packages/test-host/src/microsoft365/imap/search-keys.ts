import type { Arguments } from './arguments.js';
import { BadCommandError } from './command-parser.js';
import { bodyStart, headerFields } from './message/header-fields.js';
import type { NumberedMessage, SelectedFolder } from './selected-folder.js';
import { parseDate } from './wire.js';
import type { MessageFlag } from '../mailboxes/stored-message.js';

/** Whether a message is searched for. */
export type Matcher = (candidate: NumberedMessage) => boolean;
/** Reads a key's arguments. */
type Key = (args: Arguments, selected: SelectedFolder) => Matcher;

const DAY_MS = 24 * 60 * 60 * 1000;

/** Takes search keys up to the end; all have to hold (RFC 9051 section 6.4.4). @throws BadCommandError */
export function searchKeys(args: Arguments, selected: SelectedFolder): Matcher {
  const matchers: Matcher[] = [];
  do matchers.push(searchKey(args, selected));
  while (!args.isEmpty);
  return (candidate) => matchers.every((matches) => matches(candidate));
}

function searchKey(args: Arguments, selected: SelectedFolder): Matcher {
  const list = args.optionalList();
  if (list !== undefined) return searchKeys(list, selected);
  const name = args.atom();
  const key = KEYS.get(name.toUpperCase());
  return key === undefined ? within(selected, name, 'number') : key(args, selected);
}

function within(selected: SelectedFolder, set: string, by: 'number' | 'uid'): Matcher {
  const found = new Set(selected.matching(set, by).map(({ message }) => message.uid));
  return ({ message }) => found.has(message.uid);
}

function flag(name: MessageFlag, isSet: boolean): Key {
  return () =>
    ({ message }) =>
      message.flags.has(name) === isSet;
}

function size(matches: (size: number, given: number) => boolean): Key {
  return (args) => {
    const given = Number(args.atom());
    return ({ message }) => matches(message.size, given);
  };
}

/** By day, in UTC. */
function date(of: (candidate: NumberedMessage) => number, matches: (day: number, given: number) => boolean): Key {
  return (args) => {
    const given = parseDate(args.text());
    if (given === undefined) throw new BadCommandError('bad date');
    return (candidate) => matches(Math.floor(of(candidate) / DAY_MS), Math.floor(given / DAY_MS));
  };
}

const arrived = ({ message }: NumberedMessage) => message.internalDate;
const written = (candidate: NumberedMessage) => Date.parse(header(candidate, 'Date').join(' '));

function header({ message }: NumberedMessage, name: string): readonly string[] {
  const raw = Buffer.from(message.raw());
  const wanted = name.toLowerCase();
  return headerFields(raw.subarray(0, bodyStart(raw)))
    .filter((field) => field.name.toLowerCase() === wanted)
    .map(({ value }) => value);
}

function headerKey(name: string): Key {
  return (args) => headerHas(name, args.text());
}

function headerHas(name: string, text: string): Matcher {
  return (candidate) => header(candidate, name).some((value) => has(value, text));
}

function has(value: string, text: string): boolean {
  return value.toLowerCase().includes(Buffer.from(text, 'utf8').toString('latin1').toLowerCase());
}

/** In the bytes as they are: what is encoded is not found. */
function content(from: (raw: Buffer) => number): Key {
  return (args) => {
    const text = args.text();
    return ({ message }) => {
      const raw = Buffer.from(message.raw());
      return has(raw.subarray(from(raw)).toString('latin1'), text);
    };
  };
}

const earlier = (day: number, given: number) => day < given;
const same = (day: number, given: number) => day === given;
const notEarlier = (day: number, given: number) => day >= given;

const KEYS: ReadonlyMap<string, Key> = new Map<string, Key>([
  ['ALL', () => () => true],
  ['ANSWERED', flag('\\Answered', true)],
  ['UNANSWERED', flag('\\Answered', false)],
  ['DELETED', flag('\\Deleted', true)],
  ['UNDELETED', flag('\\Deleted', false)],
  ['DRAFT', flag('\\Draft', true)],
  ['UNDRAFT', flag('\\Draft', false)],
  ['FLAGGED', flag('\\Flagged', true)],
  ['UNFLAGGED', flag('\\Flagged', false)],
  ['SEEN', flag('\\Seen', true)],
  ['UNSEEN', flag('\\Seen', false)],
  ['NEW', () => () => false],
  ['RECENT', () => () => false],
  ['OLD', () => () => true],
  ['LARGER', size((actual, given) => actual > given)],
  ['SMALLER', size((actual, given) => actual < given)],
  ['BEFORE', date(arrived, earlier)],
  ['ON', date(arrived, same)],
  ['SINCE', date(arrived, notEarlier)],
  ['SENTBEFORE', date(written, earlier)],
  ['SENTON', date(written, same)],
  ['SENTSINCE', date(written, notEarlier)],
  ['FROM', headerKey('From')],
  ['TO', headerKey('To')],
  ['CC', headerKey('Cc')],
  ['BCC', headerKey('Bcc')],
  ['SUBJECT', headerKey('Subject')],
  ['HEADER', (args) => headerHas(args.text(), args.text())],
  ['BODY', content(bodyStart)],
  ['TEXT', content(() => 0)],
  ['UID', (args, selected) => within(selected, args.atom(), 'uid')],
  ['NOT', (args, selected) => negated(searchKey(args, selected))],
  ['OR', (args, selected) => either(searchKey(args, selected), searchKey(args, selected))],
]);

function negated(matches: Matcher): Matcher {
  return (candidate) => !matches(candidate);
}

function either(first: Matcher, second: Matcher): Matcher {
  return (candidate) => first(candidate) || second(candidate);
}
