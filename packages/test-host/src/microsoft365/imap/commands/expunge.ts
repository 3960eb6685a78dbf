import { completed, no, type ImapCommand } from '../command.js';
import type { ImapSession } from '../imap-session.js';
import type { NumberedMessage } from '../selected-folder.js';
import type { Completion } from '../command.js';

/** The client is told by the news that follow every command. */
function remove({ selected }: ImapSession, messages: readonly NumberedMessage[]): Completion {
  if (selected.isReadOnly) return no('Command is not supported for this mailbox.');
  const deleted = messages.filter(({ message }) => message.flags.has('\\Deleted'));
  selected.folder.remove(deleted.map(({ message }) => message.uid));
  return completed('EXPUNGE');
}

export const expunge: ImapCommand = {
  name: 'EXPUNGE',
  allowed: 'selected',
  run: (session, args) => {
    args.end();
    return remove(session, session.selected.all());
  },
};

/** RFC 4315. */
export const uidExpunge: ImapCommand = {
  name: 'UID EXPUNGE',
  allowed: 'selected',
  run: (session, args) => {
    const messages = session.selected.matching(args.atom(), 'uid');
    args.end();
    return remove(session, messages);
  },
};
