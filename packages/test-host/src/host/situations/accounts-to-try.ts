/** What somebody who shows or learns the set-up can try with the cast of the own Microsoft 365. */
export interface AccountToTry {
  /** Whose account it is, seen from the practice's mailbox. */
  readonly what: string;
  /** For the field Practice Email Address. */
  readonly address: string;
  /** For Microsoft's page. */
  readonly account: string;
  readonly ends: 'Authenticated' | 'Not authenticated';
}

const RECEPTION = 'reception@brightsmile.example';
const SHARED = 'info@brightsmile.example';
const READ_ONLY = 'accounts@brightsmile.example';

/** Every situation of an account, in the order in which a trainer would show them. */
export const ACCOUNTS_TO_TRY: readonly AccountToTry[] = [
  works('Its own mailbox', RECEPTION, RECEPTION),
  works('Its own, with a second factor', 'manager@brightsmile.example', 'manager@brightsmile.example'),
  works('An administrator’s, for an alias', 'frontdesk@brightsmile.example', 'admin@brightsmile.example'),
  works(
    'Another sign-in name than the address',
    'hygiene@brightsmile.example',
    'h.berg@brightsmile.onmicrosoft.example',
  ),
  works('A shared mailbox, with Send As', SHARED, RECEPTION),
  fails('A shared mailbox, without Send As', READ_ONLY, RECEPTION),
  fails('A colleague’s account', RECEPTION, 'manager@brightsmile.example'),
  fails('The account that Windows hands over', RECEPTION, 'windows@otherclinic.example'),
  fails('A guest of another organisation', SHARED, 'locum@otherclinic.example'),
  fails('An account without a licence, for another mailbox', RECEPTION, 'unlicensed@brightsmile.example'),
  fails('An account without a mailbox, for itself', 'unlicensed@brightsmile.example', 'unlicensed@brightsmile.example'),
  fails('A personal account', RECEPTION, 'brightsmile@outlook.com'),
];

function works(what: string, address: string, account: string): AccountToTry {
  return { what, address, account, ends: 'Authenticated' };
}

function fails(what: string, address: string, account: string): AccountToTry {
  return { what, address, account, ends: 'Not authenticated' };
}
