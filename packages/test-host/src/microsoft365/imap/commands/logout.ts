import { completed, type ImapCommand } from '../command.js';

export const logout: ImapCommand = {
  name: 'LOGOUT',
  allowed: 'any',
  run: async (session) => {
    await session.untagged('BYE Microsoft Exchange Server IMAP4 server signing off.');
    session.endAfterReply();
    return completed('LOGOUT');
  },
};
