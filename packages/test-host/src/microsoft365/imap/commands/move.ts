import type { Arguments } from '../arguments.js';
import { completed, no, type Completion, type ImapCommand } from '../command.js';
import type { ImapSession } from '../imap-session.js';
import { copyMessages } from './copy.js';

/** RFC 6851; COPYUID goes out untagged, before the expunges. */
async function answer(session: ImapSession, args: Arguments, by: 'number' | 'uid'): Promise<Completion> {
  const { selected } = session;
  const messages = selected.matching(args.atom(), by);
  const name = args.text();
  args.end();
  const target = session.folder(name);
  if (target === undefined) return no(`[TRYCREATE] ${name} doesn't exist.`);
  if (selected.isReadOnly) return no('Command is not supported for this mailbox.');
  const copied = copyMessages(messages, target);
  selected.folder.remove(messages.map(({ message }) => message.uid));
  if (copied !== '') await session.untagged(`OK ${copied}`.trimEnd());
  return completed('MOVE');
}

export const move: ImapCommand = {
  name: 'MOVE',
  allowed: 'selected',
  run: (session, args) => answer(session, args, 'number'),
};

export const uidMove: ImapCommand = {
  name: 'UID MOVE',
  allowed: 'selected',
  run: (session, args) => answer(session, args, 'uid'),
};
