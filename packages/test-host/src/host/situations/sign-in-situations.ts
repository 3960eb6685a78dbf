import {
  IMAP_SCOPE,
  SMTP_SCOPE,
  type ConsentBy,
  type Microsoft365,
  type RefreshFault,
} from '../../microsoft365/microsoft365.js';
import type { Situation } from './situation.js';

/** What can happen to sign-ins, beside what the accounts of the cast bring with them. */
export function signInSituations(own: Microsoft365): readonly Situation[] {
  const { cast, identity } = own;
  return [
    notPermitted(identity, SMTP_SCOPE, 'sending', 'Microsoft permits only a part: receiving, not sending'),
    notPermitted(identity, IMAP_SCOPE, 'receiving', 'Microsoft permits only a part: sending, not receiving'),
    approvalRequired(identity, 'administrator', 'The organisation requires approval by an administrator'),
    approvalRequired(
      identity,
      'administrator-on-request',
      'The organisation requires approval, and takes requests for it',
    ),
    approvalRequired(
      identity,
      'administrator-unshown',
      'The organisation requires approval, and Microsoft shows no page about it',
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
      id: 'sign-in-service-down',
      group: 'Sign-in',
      label: 'Microsoft’s sign-in service renews no sign-in (an outage)',
      kind: 'lasting',
      isOn: () => identity.situations.refreshFault !== undefined,
      set: (on) => {
        identity.situations.refreshFault = on ? 'outage' : undefined;
      },
    },
    signInsEnd(own, 'revoked', 'All sign-ins end (revoked, or a new password)'),
    signInsEnd(own, 'inactive', 'All sign-ins have run out (90 days unused)'),
    signInsEnd(own, 'policy', 'All sign-ins end by a new policy of the organisation'),
    signInsEnd(own, 'app-disabled', 'An administrator switches EXACT Email off'),
  ];
}

function notPermitted(
  { situations }: Microsoft365['identity'],
  scope: string,
  what: 'sending' | 'receiving',
  label: string,
): Situation {
  return {
    id: `${what}-not-permitted`,
    group: 'Sign-in',
    label,
    kind: 'lasting',
    isOn: () => situations.withheldScopes.has(scope),
    set: (on) => {
      const others = [...situations.withheldScopes].filter((each) => each !== scope);
      situations.withheldScopes = new Set(on ? [...others, scope] : others);
    },
  };
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

/** It is met at once: no connection outlives it. */
function signInsEnd({ cast, identity, imap, smtp }: Microsoft365, fault: RefreshFault, label: string): Situation {
  return {
    id: `sign-ins-${fault}`,
    group: 'Sign-in',
    label,
    kind: 'event',
    happen: async () => {
      await identity.endTokens(fault);
      // A revocation also has the browser ask for the password again.
      if (fault === 'revoked') for (const { address } of cast.accounts) await identity.revoke(address);
      imap.breakConnections();
      smtp.breakConnections();
    },
  };
}
