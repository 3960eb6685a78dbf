import { SMTP_SCOPE, type Microsoft365 } from '../../microsoft365/microsoft365.js';
import type { Situation } from './situation.js';

/** What can happen to sign-ins, beside what the accounts of the cast bring with them. */
export function signInSituations({ cast, identity }: Microsoft365): readonly Situation[] {
  return [
    {
      id: 'sending-not-permitted',
      group: 'Sign-in',
      label: 'Microsoft permits only a part: receiving, not sending',
      kind: 'lasting',
      isOn: () => identity.situations.withheldScopes.has(SMTP_SCOPE),
      set: (on) => {
        identity.situations.withheldScopes = new Set(on ? [SMTP_SCOPE] : []);
      },
    },
    {
      id: 'sign-ins-revoked',
      group: 'Sign-in',
      label: 'All sign-ins end (revoked, or a new password)',
      kind: 'event',
      happen: async () => {
        for (const { address } of cast.accounts) await identity.revoke(address, { accessTokens: true });
      },
    },
  ];
}
