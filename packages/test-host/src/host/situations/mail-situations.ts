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
    id: 'throttled',
    label: 'Receiving is throttled: Microsoft asks to wait a minute',
    key: 'throttledMs',
    part: { throttledMs: 60_000 },
  },
];

/** What can be wrong with a mailbox. Each holds for every account, so that whoever is signed in meets it. */
export function mailSituations({ situations }: Microsoft365): readonly Situation[] {
  return ROWS.map(({ id, label, key, part }) => ({
    id,
    group: 'Mail',
    label,
    kind: 'lasting',
    isOn: () => situations.forEveryone[key] === part[key],
    set: (on) => {
      const { [key]: _before, ...others } = situations.forEveryone;
      situations.setForEveryone(on ? { ...others, ...part } : others);
    },
  }));
}
