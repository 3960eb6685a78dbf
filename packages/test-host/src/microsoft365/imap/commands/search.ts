import type { Arguments } from '../arguments.js';
import { completed, no, type Completion, type ImapCommand } from '../command.js';
import type { ImapSession } from '../imap-session.js';
import { searchKeys } from '../search-keys.js';

async function answer(session: ImapSession, args: Arguments, by: 'number' | 'uid'): Promise<Completion> {
  if (args.keyword(/^CHARSET$/i) !== undefined && !/^(utf-8|us-ascii)$/i.test(args.text())) {
    return no('[BADCHARSET (UTF-8 US-ASCII)] The specified charset is not supported.');
  }
  const matches = searchKeys(args, session.selected);
  const found = session.selected.all().filter(matches);
  const numbers = found.map(({ number, message }) => (by === 'uid' ? message.uid : number));
  await session.untagged(['SEARCH', ...numbers].join(' '));
  return completed('SEARCH');
}

export const search: ImapCommand = {
  name: 'SEARCH',
  allowed: 'selected',
  keepsNumbers: true,
  run: (session, args) => answer(session, args, 'number'),
};

export const uidSearch: ImapCommand = {
  name: 'UID SEARCH',
  allowed: 'selected',
  run: (session, args) => answer(session, args, 'uid'),
};
