import type { CastAccount } from './cast.js';
import type { MailSituations } from './mail-situations.js';

/** Full Access: whether the person may open the mailbox. Nobody of another organisation ever may. */
export function mayOpen(owner: CastAccount, person: CastAccount, situations: MailSituations): boolean {
  if (owner.tid !== person.tid) return false;
  if (owner.oid === person.oid) return true;
  const rights = rightsTo(owner, situations);
  return rights === undefined ? owner.fullAccess.includes(person.address) : rights !== 'none';
}

/** Whether the person may send from the account's addresses: their own, or by Send As. */
export function maySendAs(owner: CastAccount, person: CastAccount, situations: MailSituations): boolean {
  if (owner.oid === person.oid) return true;
  const rights = owner.tid === person.tid ? rightsTo(owner, situations) : undefined;
  return rights === undefined ? owner.sendAs.includes(person.address) : rights === 'all';
}

function rightsTo({ kind, address }: CastAccount, situations: MailSituations) {
  return kind === 'shared' ? situations.of(address).sharedRights : undefined;
}
