import { completed, type ImapCommand } from '../command.js';

/** RFC 2971. */
export const id: ImapCommand = {
  name: 'ID',
  allowed: 'any',
  run: async (session, args) => {
    args.next();
    args.end();
    await session.untagged('ID ("name" "Microsoft.Exchange.Imap4.Imap4Server" "version" "15.20")');
    return completed('ID');
  },
};
