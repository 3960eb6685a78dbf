import type { MessageFlag } from '../../mailboxes/stored-message.js';
import type { Arguments } from '../arguments.js';
import { BadCommandError } from '../command-parser.js';
import { completed, no, type Completion, type ImapCommand } from '../command.js';
import { readFlags } from '../flags.js';
import type { ImapSession } from '../imap-session.js';

async function answer(session: ImapSession, args: Arguments, by: 'number' | 'uid'): Promise<Completion> {
  const { selected } = session;
  const messages = selected.matching(args.atom(), by);
  const [item, operation = '', silent] = /^([+-]?)FLAGS(\.SILENT)?$/i.exec(args.atom()) ?? [];
  if (item === undefined) throw new BadCommandError('unknown data item');
  const flags = readFlags(args);
  args.end();
  if (selected.isReadOnly) return no('Command is not supported for this mailbox.');
  for (const { number, message } of messages) {
    const changed = selected.folder.changeFlags(message.uid, combine(message.flags, operation, flags));
    if (changed === undefined) continue;
    selected.knowsFlags(changed);
    const uid = by === 'uid' ? ` UID ${changed.uid.toString()}` : '';
    const now = [...changed.flags].join(' ');
    if (silent === undefined) await session.untagged(`${number.toString()} FETCH (FLAGS (${now})${uid})`);
  }
  return completed('STORE');
}

function combine(
  present: ReadonlySet<MessageFlag>,
  operation: string,
  given: ReadonlySet<MessageFlag>,
): ReadonlySet<MessageFlag> {
  if (operation === '+') return new Set([...present, ...given]);
  return operation === '-' ? new Set([...present].filter((flag) => !given.has(flag))) : given;
}

export const store: ImapCommand = {
  name: 'STORE',
  allowed: 'selected',
  keepsNumbers: true,
  run: (session, args) => answer(session, args, 'number'),
};

export const uidStore: ImapCommand = {
  name: 'UID STORE',
  allowed: 'selected',
  run: (session, args) => answer(session, args, 'uid'),
};
