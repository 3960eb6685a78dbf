import { completed, type ImapCommand } from '../command.js';

/** RFC 2342. */
export const namespace: ImapCommand = {
  name: 'NAMESPACE',
  allowed: 'signed-in',
  run: async (session, args) => {
    args.end();
    await session.untagged('NAMESPACE (("" "/")) NIL NIL');
    return completed('NAMESPACE');
  },
};
