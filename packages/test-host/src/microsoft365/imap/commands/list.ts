import type { Arguments } from '../arguments.js';
import { completed, type Completion, type ImapCommand } from '../command.js';
import type { ImapSession } from '../imap-session.js';
import { folderName } from '../wire.js';

async function answer(session: ImapSession, args: Arguments, name: 'LIST' | 'LSUB'): Promise<Completion> {
  const reference = args.text();
  const pattern = args.text();
  args.end();
  if (pattern === '') {
    await session.untagged(`${name} (\\Noselect \\HasChildren) "/" ""`);
    return completed(name);
  }
  const wanted = asPattern(reference + pattern);
  for (const folder of session.mailbox.folders.filter((each) => wanted.test(each.name))) {
    await session.untagged(`${name} (\\HasNoChildren) "/" ${folderName(folder.name)}`);
  }
  return completed(name);
}

/** `*` is anything, `%` anything within one level (RFC 9051 section 6.3.9). */
function asPattern(pattern: string): RegExp {
  const source = pattern
    .replaceAll(/[\\^$.+?()[\]{}|/]/g, '\\$&')
    .replaceAll(/\*+/g, '.*')
    .replaceAll(/%+/g, '[^/]*');
  return new RegExp(`^${source}$`, 'i');
}

/** Without special-use attributes: Exchange Online offers none, so clients find Sent Items by its name. */
export const list: ImapCommand = {
  name: 'LIST',
  allowed: 'signed-in',
  run: (session, args) => answer(session, args, 'LIST'),
};

/** Everything counts as subscribed. */
export const lsub: ImapCommand = {
  name: 'LSUB',
  allowed: 'signed-in',
  run: (session, args) => answer(session, args, 'LSUB'),
};
