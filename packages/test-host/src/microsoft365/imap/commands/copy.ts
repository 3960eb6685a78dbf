import type { MailFolder } from '../../mailboxes/mail-folder.js';
import type { Arguments } from '../arguments.js';
import { no, type Completion, type ImapCommand } from '../command.js';
import type { ImapSession } from '../imap-session.js';
import { formatSequenceSet } from '../sequence-set.js';
import type { NumberedMessage } from '../selected-folder.js';

function answer(session: ImapSession, args: Arguments, by: 'number' | 'uid'): Completion {
  const messages = session.selected.matching(args.atom(), by);
  const name = args.text();
  args.end();
  const target = session.folder(name);
  if (target === undefined) return no(`[TRYCREATE] ${name} doesn't exist.`);
  if (session.services.situations.of(session.mailbox.address).mailboxFull === true) {
    return no('[OVERQUOTA] The mailbox is full.');
  }
  return { status: 'OK', text: `${copyMessages(messages, target)}COPY completed.` };
}

/** Copies and gives the response code COPYUID with a blank behind it (RFC 4315); empty when there was nothing to copy. */
export function copyMessages(messages: readonly NumberedMessage[], target: MailFolder): string {
  if (messages.length === 0) return '';
  const copies = messages.map(({ message }) => {
    const { internalDate, flags } = message;
    return target.append({ raw: message.raw(), internalDate, flags }).uid;
  });
  const originals = formatSequenceSet(messages.map(({ message }) => message.uid));
  return `[COPYUID ${target.uidValidity.toString()} ${originals} ${formatSequenceSet(copies)}] `;
}

export const copy: ImapCommand = {
  name: 'COPY',
  allowed: 'selected',
  run: (session, args) => answer(session, args, 'number'),
};

export const uidCopy: ImapCommand = {
  name: 'UID COPY',
  allowed: 'selected',
  run: (session, args) => answer(session, args, 'uid'),
};
