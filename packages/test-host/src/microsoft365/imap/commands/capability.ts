import { completed, type ImapCommand } from '../command.js';

/** As Exchange Online lists them: no CONDSTORE, QRESYNC, SPECIAL-USE. https://github.com/jstedfast/MailKit/issues/1494 */
const BEFORE_SIGN_IN =
  'IMAP4 IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 SASL-IR UIDPLUS ID UNSELECT CHILDREN IDLE NAMESPACE LITERAL+';
const AFTER_SIGN_IN =
  'IMAP4 IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 SASL-IR UIDPLUS MOVE ID UNSELECT CHILDREN IDLE NAMESPACE LITERAL+';

export const capability: ImapCommand = {
  name: 'CAPABILITY',
  allowed: 'any',
  run: async (session, args) => {
    args.end();
    await session.untagged(`CAPABILITY ${session.signedIn === undefined ? BEFORE_SIGN_IN : AFTER_SIGN_IN}`);
    return completed('CAPABILITY');
  },
};
