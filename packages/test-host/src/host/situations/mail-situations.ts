import type { MailSituation, Microsoft365 } from '../../microsoft365/microsoft365.js';
import type { Situation } from './situation.js';

interface Row {
  readonly id: string;
  readonly label: string;
  readonly key: keyof MailSituation;
  /** What `key` is while the situation lasts. */
  readonly part: MailSituation;
}

const ROWS: readonly Row[] = [
  {
    id: 'no-mailbox',
    label: 'The account that signs in has no mailbox (no licence)',
    key: 'noMailbox',
    part: { noMailbox: true },
  },
  {
    id: 'shared-rights-none',
    label: 'Nobody may open the shared mailboxes (no Full Access)',
    key: 'sharedRights',
    part: { sharedRights: 'none' },
  },
  {
    id: 'shared-rights-open',
    label: 'Nobody may send from the shared mailboxes (no Send As)',
    key: 'sharedRights',
    part: { sharedRights: 'open' },
  },
  {
    id: 'shared-rights-all',
    label: 'All staff may open the shared mailboxes and send from them',
    key: 'sharedRights',
    part: { sharedRights: 'all' },
  },
  { id: 'imap-off', label: 'IMAP is switched off for the mailbox', key: 'imapOff', part: { imapOff: true } },
  {
    id: 'smtp-auth-off-mailbox',
    label: 'SMTP AUTH is switched off for the mailbox',
    key: 'smtpAuthOff',
    part: { smtpAuthOff: 'mailbox' },
  },
  {
    id: 'smtp-auth-off-tenant',
    label: 'SMTP AUTH is switched off for the organisation',
    key: 'smtpAuthOff',
    part: { smtpAuthOff: 'tenant' },
  },
  { id: 'mailbox-full', label: 'The mailbox is full', key: 'mailboxFull', part: { mailboxFull: true } },
  {
    id: 'unclear',
    label: 'The connection breaks after each email (unclear whether it arrived)',
    key: 'breakAfterData',
    part: { breakAfterData: 'lost' },
  },
  {
    id: 'patients-unknown',
    label: 'Email to patients comes back: there is no such address',
    key: 'arrival',
    part: { arrival: 'not-found' },
  },
  {
    id: 'patients-full',
    label: 'Email to patients comes back: their mailbox is full',
    key: 'arrival',
    part: { arrival: 'mailbox-full' },
  },
  {
    id: 'patients-spam',
    label: 'Email to patients comes back: taken for spam',
    key: 'arrival',
    part: { arrival: 'spam' },
  },
  {
    id: 'patients-words',
    label: 'Email to patients comes back with a report in words only, of another system',
    key: 'arrival',
    part: { arrival: 'words' },
  },
  {
    id: 'patients-late',
    label: 'Email to patients is late',
    key: 'arrival',
    part: { arrival: 'late' },
  },
  {
    id: 'patients-away',
    label: 'Patients are out of office and answer automatically',
    key: 'arrival',
    part: { arrival: 'away' },
  },
  {
    id: 'throttled',
    label: 'Receiving is throttled: Microsoft asks to wait a minute',
    key: 'throttledMs',
    part: { throttledMs: 60_000 },
  },
];

/** What can be wrong with a mailbox. Each holds for every account, so that whoever is signed in meets it. */
export function mailSituations(own: Microsoft365): readonly Situation[] {
  return [...ROWS.map((row) => lasting(row, own)), harmfulEmailArrives(own)];
}

function harmfulEmailArrives({ deliverHarmfulEmail }: Microsoft365): Situation {
  return {
    id: 'harmful-email',
    group: 'Mail',
    label: 'A stranger sends an email that means harm',
    kind: 'event',
    happen: deliverHarmfulEmail,
  };
}

function lasting({ id, label, key, part }: Row, { situations }: Microsoft365): Situation {
  return {
    id,
    group: 'Mail',
    label,
    kind: 'lasting',
    isOn: () => situations.forEveryone[key] === part[key],
    set: (on) => {
      const { [key]: _before, ...others } = situations.forEveryone;
      situations.setForEveryone(on ? { ...others, ...part } : others);
    },
  };
}
