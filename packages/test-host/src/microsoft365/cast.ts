/** Every account's password, and every code of the second factor. */
export const CAST_PASSWORD = 'Smile-2026';
export const CAST_CODE = '123456';

/** Directory ids (tid claim). The personal one is Microsoft's own, the same for every personal account in the world. */
export const BRIGHT_SMILE_TENANT = '46b23ef5-bf50-43a9-9699-bc93a9ee7313';
export const OTHER_CLINIC_TENANT = 'e8c2d362-e8fb-4075-ba6c-382e5ab5cbac';
export const PERSONAL_TENANT = '9188040d-6c67-4c5b-b112-36a304b66dad';

/**
 * - `work`: a person of an organisation, who signs in;
 * - `shared`: a shared mailbox of an organisation, nobody signs in to it;
 * - `personal`: a person without an organisation (Outlook.com), who signs in.
 */
export type AccountKind = 'work' | 'shared' | 'personal';

/** One account of the own Microsoft 365. Addresses are lower case. */
export interface CastAccount {
  readonly kind: AccountKind;
  /** Object id (oid claim), a guid that never changes. */
  readonly oid: string;
  /** Directory id (tid claim). */
  readonly tid: string;
  readonly displayName: string;
  /** The mailbox's primary address. */
  readonly address: string;
  /** The name that signs in (user principal name); differs from the address where an organisation was renamed. */
  readonly signInName: string;
  /** Further addresses of the mailbox; none of them signs in. */
  readonly aliases: readonly string[];
  readonly hasMailbox: boolean;
  /** Primary addresses of other accounts that may open this mailbox. */
  readonly fullAccess: readonly string[];
  /** Primary addresses of other accounts that may send as this mailbox. */
  readonly sendAs: readonly string[];
  /** Asks for a code after the password. */
  readonly multiFactor: boolean;
  /** Signed in to every new browser already, as a Windows work account is. */
  readonly signedInToWindows: boolean;
  /** May approve an app for the whole organisation. */
  readonly administrator: boolean;
}

/** A patient of the sample practice. Two patients may share one address. */
export interface CastPatient {
  readonly id: string;
  readonly name: string;
  readonly address: string;
}

/** A mailbox of somebody who is no customer of Microsoft here: it receives and answers, nobody signs in to it. */
export interface PatientMailbox {
  readonly address: string;
  readonly patients: readonly CastPatient[];
}

export interface Cast {
  readonly accounts: readonly CastAccount[];
  readonly patients: readonly CastPatient[];
}

function account(
  own: Pick<CastAccount, 'kind' | 'oid' | 'tid' | 'displayName' | 'address'> & Partial<CastAccount>,
): CastAccount {
  return {
    signInName: own.address,
    aliases: [],
    hasMailbox: true,
    fullAccess: [],
    sendAs: [],
    multiFactor: false,
    signedInToWindows: false,
    administrator: false,
    ...own,
  };
}

const LOCUM_ADDRESS = 'locum@otherclinic.example';

const reception = account({
  kind: 'work',
  oid: 'fa61dfbb-230f-4a59-ad5e-949288401da8',
  tid: BRIGHT_SMILE_TENANT,
  displayName: 'Bright Smile Reception',
  address: 'reception@brightsmile.example',
});

const accounts: readonly CastAccount[] = [
  reception,
  account({
    kind: 'work',
    oid: 'b61ef1e0-53dd-489c-b114-d775eb6eabf6',
    tid: BRIGHT_SMILE_TENANT,
    displayName: 'Morgan Reyes',
    address: 'manager@brightsmile.example',
    multiFactor: true,
  }),
  account({
    kind: 'work',
    oid: '25b7032c-9423-4a78-a2f8-0a2c4a4f848d',
    tid: BRIGHT_SMILE_TENANT,
    displayName: 'Bright Smile Admin',
    address: 'admin@brightsmile.example',
    aliases: ['frontdesk@brightsmile.example'],
    administrator: true,
  }),
  account({
    kind: 'work',
    oid: '9b5d0a1e-64fb-4f0c-8a57-0d2e7c3b9f46',
    tid: BRIGHT_SMILE_TENANT,
    displayName: 'Harriet Berg',
    address: 'hygiene@brightsmile.example',
    signInName: 'h.berg@brightsmile.onmicrosoft.example',
  }),
  account({
    kind: 'shared',
    oid: '5a2b87c8-d851-4f99-a953-755f1b1bd2d2',
    tid: BRIGHT_SMILE_TENANT,
    displayName: 'Bright Smile Information',
    address: 'info@brightsmile.example',
    fullAccess: [reception.address, LOCUM_ADDRESS],
    sendAs: [reception.address],
  }),
  account({
    kind: 'shared',
    oid: '29849906-c431-4017-ad61-06200f878a23',
    tid: BRIGHT_SMILE_TENANT,
    displayName: 'Bright Smile Accounts',
    address: 'accounts@brightsmile.example',
    fullAccess: [reception.address],
  }),
  account({
    kind: 'work',
    oid: '388d9bba-d0db-42c4-9823-b8ab6f1e6936',
    tid: BRIGHT_SMILE_TENANT,
    displayName: 'Uma Licht',
    address: 'unlicensed@brightsmile.example',
    hasMailbox: false,
  }),
  account({
    kind: 'work',
    oid: '7d0cf6c1-4b0e-4f0f-9a53-0f6fb2f5c1de',
    tid: OTHER_CLINIC_TENANT,
    displayName: 'Windows User',
    address: 'windows@otherclinic.example',
    signedInToWindows: true,
  }),
  // A guest has rights in the directory, but IMAP knows only people of the mailbox's own organisation.
  account({
    kind: 'work',
    oid: '3e0c6f52-1a8d-4e0b-b1f4-5d9a6c27e803',
    tid: OTHER_CLINIC_TENANT,
    displayName: 'Locum of the other clinic',
    address: LOCUM_ADDRESS,
  }),
  account({
    kind: 'personal',
    // The object id of a personal account begins with zeros: only its last half is the person's.
    oid: '00000000-0000-0000-5c1e-8a9f27d3b640',
    tid: PERSONAL_TENANT,
    displayName: 'Bright Smile',
    address: 'brightsmile@outlook.com',
  }),
];

const FAMILY_ADDRESS = 'family.oduya@patients.example';

const patients: readonly CastPatient[] = [
  { id: 'patient-1', name: 'Alice Thornton', address: 'alice.thornton@patients.example' },
  { id: 'patient-2', name: 'Amara Oduya', address: FAMILY_ADDRESS },
  { id: 'patient-3', name: 'Chidi Oduya', address: FAMILY_ADDRESS },
  { id: 'patient-4', name: 'Jürgen Weiß', address: 'juergen.weiss@patients.example' },
  { id: 'patient-5', name: 'Zoë O’Brien-Nuñez', address: 'zoe.obrien@patients.example' },
  { id: 'patient-6', name: 'Ольга Смирнова', address: 'olga.smirnova@patients.example' },
  { id: 'patient-7', name: '山田 花子', address: 'hanako.yamada@patients.example' },
  { id: 'patient-8', name: '王小明', address: 'xiaoming.wang@patients.example' },
  { id: 'patient-9', name: 'ليلى حداد', address: 'layla.haddad@patients.example' },
  { id: 'patient-10', name: 'דוד לוי', address: 'david.levi@patients.example' },
  { id: 'patient-11', name: 'Γιώργος Παπαδόπουλος', address: 'giorgos.papadopoulos@patients.example' },
  { id: 'patient-12', name: 'प्रिया शर्मा', address: 'priya.sharma@patients.example' },
];

/** The people and mailboxes of the test host's own Microsoft 365, and the sample practice's patients. */
export const sampleCast: Cast = { accounts, patients };

/** The account whose primary address or alias this is, in any case; `undefined` = no account of the cast. */
export function accountOfAddress(cast: Cast, address: string): CastAccount | undefined {
  const wanted = address.trim().toLowerCase();
  return cast.accounts.find((each) => each.address === wanted || each.aliases.includes(wanted));
}

/** The account that signs in under this name, in any case; nobody signs in to a shared mailbox. */
export function accountOfSignInName(cast: Cast, name: string): CastAccount | undefined {
  const wanted = name.trim().toLowerCase();
  return cast.accounts.find((each) => each.signInName === wanted && each.kind !== 'shared');
}

/** One mailbox for each address of the patients, in the order of the patients. */
export function patientMailboxes(cast: Cast): readonly PatientMailbox[] {
  const byAddress = Map.groupBy(cast.patients, (patient) => patient.address);
  return [...byAddress].map(([address, sharing]) => ({ address, patients: sharing }));
}
