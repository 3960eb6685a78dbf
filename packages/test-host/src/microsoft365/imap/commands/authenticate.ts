import { IMAP_SCOPE, parseXoauth2, type Xoauth2 } from '../../access-tokens.js';
import { bad, completed, no, serverUnavailable, type ImapCommand } from '../command.js';
import type { ImapServices } from '../imap-services.js';
import type { SignedIn } from '../imap-session.js';
import { mayOpen } from '../../shared-rights.js';

/** The same words whatever the reason, as Exchange has it. */
const failed = no('AUTHENTICATE failed.');

/**
 * XOAUTH2 with an initial response (SASL-IR) or without. A refusal is the tagged NO at once, without the error challenge
 * that Google sends.
 * https://learn.microsoft.com/en-us/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth
 */
export const authenticate: ImapCommand = {
  name: 'AUTHENTICATE',
  allowed: 'not-signed-in',
  run: async (session, args) => {
    const mechanism = args.atom().toUpperCase();
    let response: string | undefined;
    if (args.isEmpty) {
      await session.continuation('');
      response = await session.nextLine();
    } else {
      response = args.atom();
      args.end();
    }
    if (response === undefined || response === '*') return bad('AUTHENTICATE canceled.');
    const request = mechanism === 'XOAUTH2' ? parseXoauth2(response) : undefined;
    const signedIn = request && (await signIn(session.services, request));
    if (signedIn === undefined) return failed;
    if (session.services.situations.of(signedIn.address).unavailable === true) return serverUnavailable;
    session.signIn(signedIn);
    return completed('AUTHENTICATE');
  },
};

/** `user` is a mailbox's primary address or sign-in name: the person's own, or one that the person has Full Access to. */
async function signIn(services: ImapServices, { user, accessToken }: Xoauth2): Promise<SignedIn | undefined> {
  const inspection = await services.inspectAccessToken(accessToken);
  if (!inspection.valid || !inspection.scopes.has(IMAP_SCOPE)) return undefined;
  const wanted = user.toLowerCase();
  const owner = services.cast.accounts.find(({ address, signInName }) => [address, signInName].includes(wanted));
  const person = inspection.user;
  if (owner === undefined || !mayOpen(owner, person, services.situations)) return undefined;
  const { imapOff, noMailbox } = services.situations.of(owner.address);
  const isOpen = imapOff !== true && (noMailbox !== true || owner.oid !== person.oid);
  return {
    user: person,
    address: owner.address,
    mailbox: isOpen ? services.mailboxes.of(owner.address) : undefined,
    expiresAt: inspection.expiresAt,
  };
}
