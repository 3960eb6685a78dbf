import { MESSAGE_FLAGS } from '../../mailboxes/stored-message.js';
import type { Arguments } from '../arguments.js';
import { no, type Completion, type ImapCommand } from '../command.js';
import type { ImapSession } from '../imap-session.js';
import { SelectedFolder } from '../selected-folder.js';

async function open(session: ImapSession, args: Arguments, isReadOnly: boolean): Promise<Completion> {
  const name = args.text();
  args.end();
  session.select(undefined);
  const folder = session.folder(name);
  if (folder === undefined) return no(`${name} doesn't exist.`);
  const selected = new SelectedFolder(folder, isReadOnly);
  session.select(selected);
  const flags = MESSAGE_FLAGS.join(' ');
  const firstUnseen = selected.all().find(({ message }) => !message.flags.has('\\Seen'));
  await session.untagged(`${selected.count.toString()} EXISTS`);
  await session.untagged('0 RECENT');
  await session.untagged(`FLAGS (${flags})`);
  await session.untagged(`OK [PERMANENTFLAGS (${isReadOnly ? '' : flags})] Permanent flags`);
  if (firstUnseen !== undefined) {
    await session.untagged(`OK [UNSEEN ${firstUnseen.number.toString()}] Is the first unseen message`);
  }
  await session.untagged(`OK [UIDVALIDITY ${folder.uidValidity.toString()}] UIDVALIDITY value`);
  await session.untagged(`OK [UIDNEXT ${folder.uidNext.toString()}] The next unique identifier value`);
  const text = isReadOnly ? '[READ-ONLY] EXAMINE completed.' : '[READ-WRITE] SELECT completed.';
  return { status: 'OK', text };
}

export const select: ImapCommand = {
  name: 'SELECT',
  allowed: 'signed-in',
  run: (session, args) => open(session, args, false),
};

export const examine: ImapCommand = {
  name: 'EXAMINE',
  allowed: 'signed-in',
  run: (session, args) => open(session, args, true),
};
