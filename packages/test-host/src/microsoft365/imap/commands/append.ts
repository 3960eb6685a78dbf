import { BadCommandError } from '../command-parser.js';
import { no, type ImapCommand } from '../command.js';
import { readFlags } from '../flags.js';
import { parseDate } from '../wire.js';

export const append: ImapCommand = {
  name: 'APPEND',
  allowed: 'signed-in',
  run: (session, args) => {
    const name = args.text();
    const flags = args.isNextList() ? readFlags(args) : [];
    const first = args.bytes();
    const internalDate = args.isEmpty ? session.services.clock.now() : parseDate(first.toString('latin1'));
    if (internalDate === undefined) throw new BadCommandError('bad date');
    const raw = args.isEmpty ? first : args.bytes();
    args.end();
    const folder = session.folder(name);
    if (folder === undefined) return no(`[TRYCREATE] ${name} doesn't exist.`);
    if (session.services.situations.of(session.mailbox.address).mailboxFull === true) {
      return no('[OVERQUOTA] The mailbox is full.');
    }
    const { uid } = folder.append({ raw, internalDate, flags });
    const text = `[APPENDUID ${folder.uidValidity.toString()} ${uid.toString()}] APPEND completed.`;
    return { status: 'OK', text };
  },
};
