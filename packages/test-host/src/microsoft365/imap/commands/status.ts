import type { MailFolder } from '../../mailboxes/mail-folder.js';
import { BadCommandError } from '../command-parser.js';
import { completed, no, type ImapCommand } from '../command.js';
import { folderName } from '../wire.js';

const ITEMS: Readonly<Record<string, (folder: MailFolder) => number>> = {
  MESSAGES: (folder) => folder.size,
  RECENT: () => 0,
  UIDNEXT: (folder) => folder.uidNext,
  UIDVALIDITY: (folder) => folder.uidValidity,
  UNSEEN: (folder) => folder.messages.filter(({ flags }) => !flags.has('\\Seen')).length,
};

export const status: ImapCommand = {
  name: 'STATUS',
  allowed: 'signed-in',
  run: async (session, args) => {
    const name = args.text();
    const items = args.list();
    args.end();
    const folder = session.folder(name);
    if (folder === undefined) return no(`${name} doesn't exist.`);
    const values: string[] = [];
    while (!items.isEmpty) {
      const item = items.atom().toUpperCase();
      const value = ITEMS[item];
      if (value === undefined) throw new BadCommandError('unknown status item');
      values.push(`${item} ${value(folder).toString()}`);
    }
    await session.untagged(`STATUS ${folderName(folder.name)} (${values.join(' ')})`);
    return completed('STATUS');
  },
};
