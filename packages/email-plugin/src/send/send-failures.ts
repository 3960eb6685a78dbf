import type { Failure } from '@exact/host-contracts';

/** Restored backups and long outages: nobody expects yesterday's mail to leave by itself (D2). */
export function waitedTooLong(): Failure {
  return {
    code: 'outbox.waited-too-long',
    sentence: 'This email has waited for more than a day, so EXACT holds it back.',
    fixedBy: 'user',
    advice: 'Look whether it should still go. Press Release to send it, or Stop to take it back.',
    retry: { kind: 'never' },
  };
}

/** A run ended between the start of a submission and its reply. */
export function interruptedSubmission(): Failure {
  return {
    code: 'outbox.interrupted',
    sentence: 'EXACT was interrupted while it handed this email over, so it can’t tell whether it went.',
    fixedBy: 'user',
    advice:
      'EXACT looks for it in Sent Items by itself. If it stays like this, ask the recipient, then say whether it arrived or should be sent again.',
    retry: { kind: 'never' },
  };
}

export function tooManyRecipients(limit: number): Failure {
  return {
    code: 'outbox.too-many-recipients',
    sentence: `Microsoft takes ${limit.toLocaleString('en')} recipients in one email at most.`,
    fixedBy: 'user',
    advice: 'Send it to fewer people at a time.',
    retry: { kind: 'never' },
  };
}

export function tooManyAttachments(limit: number): Failure {
  return {
    code: 'outbox.too-many-attachments',
    sentence: `Microsoft takes ${limit.toLocaleString('en')} attachments in one email at most.`,
    fixedBy: 'user',
    advice: 'Send it again with fewer attachments, or in several emails.',
    retry: { kind: 'never' },
  };
}

export function tooLarge(limitBytes: number): Failure {
  return {
    code: 'outbox.too-large',
    sentence: `This email is larger than the ${String(Math.floor(limitBytes / 1_048_576))} MB that Microsoft takes, attachments included.`,
    fixedBy: 'user',
    advice: 'Send it again with fewer or smaller attachments.',
    retry: { kind: 'never' },
  };
}

/** Nothing leaves from a copy of the practice's database. */
export function notGenuineSending(reason: string): Failure {
  return {
    code: 'outbox.not-genuine',
    sentence: `Nothing is sent from this database: ${reason}`,
    fixedBy: 'nobody',
    advice: 'Email that waits here stays here.',
    retry: { kind: 'backoff' },
  };
}
