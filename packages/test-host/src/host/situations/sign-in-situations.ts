import { SMTP_SCOPE, type ConsentBy, type Microsoft365 } from '../../microsoft365/microsoft365.js';
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
    approvalRequired(identity, 'administrator', 'The organisation requires approval by an administrator'),
    approvalRequired(
      identity,
      'administrator-on-request',
      'The organisation requires approval, and takes requests for it',
    ),
    {
      id: 'administrator-approves',
      group: 'Sign-in',
      label: 'The administrator approves EXACT Email (elsewhere)',
      kind: 'event',
      happen: async () => {
        for (const tid of new Set(cast.accounts.map((account) => account.tid))) await identity.approve(tid);
      },
    },
    {
      id: 'codes-refused',
      group: 'Sign-in',
      label: 'Microsoft refuses sign-ins with a code (a policy of the organisation)',
      kind: 'lasting',
      isOn: () => identity.situations.refusesDeviceCodes,
      set: (on) => {
        identity.situations.refusesDeviceCodes = on;
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

/** What was allowed before is withdrawn with it, so that whoever signs in next meets it. */
function approvalRequired(identity: Microsoft365['identity'], by: ConsentBy, label: string): Situation {
  return {
    id: `consent-by-${by}`,
    group: 'Sign-in',
    label,
    kind: 'lasting',
    isOn: () => identity.situations.consentBy === by,
    set: async (on) => {
      identity.situations.consentBy = on ? by : 'person';
      if (on) await identity.withdrawConsents();
    },
  };
}
