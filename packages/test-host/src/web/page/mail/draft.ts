import type { InboxMessage, Patient } from '@exact/host-contracts';

/** An email that is being written. */
export interface Draft {
  readonly to: string;
  readonly subject: string;
  readonly message: string;
  readonly inReplyTo?: string;
  readonly references?: readonly string[];
  readonly patient?: Patient;
}

export const EMPTY_DRAFT: Draft = { to: '', subject: '', message: '' };

/** The most Message-IDs that an answer carries; of a longer thread the first and the newest (RFC 5322 section 3.6.4). */
const REFERENCES = 50;

/** An answer to a received message, with its text quoted. */
export function replyTo({ index, patient, arrivedAt }: InboxMessage): Draft {
  const target = index.replyTo ?? index.from;
  const { messageId } = index;
  return {
    to: target ? formatAddress(target) : '',
    subject: /^re:/i.test(index.subject) ? index.subject : `Re: ${index.subject}`,
    message: quote(index.text ?? '', index.from?.name ?? index.from?.address ?? '', index.date ?? arrivedAt),
    ...(messageId !== undefined && { inReplyTo: messageId, references: thread(index.references, messageId) }),
    ...(patient && { patient }),
  };
}

function formatAddress({ name, address }: { readonly name?: string; readonly address: string }): string {
  if (name === undefined || name === '') return address;
  return `"${name.replace(/["\\]/g, '')}" <${address}>`;
}

function thread(references: readonly string[], messageId: string): readonly string[] {
  const all = [...references.filter((each) => each !== messageId), messageId];
  return all.length <= REFERENCES ? all : [...all.slice(0, 1), ...all.slice(1 - REFERENCES)];
}

function quote(text: string, who: string, at: number): string {
  if (text === '') return '';
  const lines = text.slice(0, 20_000).trimEnd().split(/\r?\n/);
  return `\n\n${who} wrote on ${new Date(at).toLocaleDateString()}:\n${lines.map((line) => `> ${line}`).join('\n')}\n`;
}
