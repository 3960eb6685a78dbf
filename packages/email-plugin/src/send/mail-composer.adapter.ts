import type { NewEmail, Address } from '@exact/host-contracts';
import MailComposer from 'nodemailer/lib/mail-composer';

/** What a message is built from. */
export interface MessageParts {
  readonly email: NewEmail;
  /** The practice's address with the name that patients see. */
  readonly from: Address;
  /** With angle brackets. */
  readonly messageId: string;
  /** Epoch ms. */
  readonly date: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Builds the message (RFC 5322, MIME) with CRLF line ends. Bcc is in the envelope only. */
export async function buildMessage({ email, from, messageId, date, headers }: MessageParts): Promise<Uint8Array> {
  const composer = new MailComposer({
    from: mailbox(from),
    to: email.to.map(mailbox),
    cc: (email.cc ?? []).map(mailbox),
    subject: oneLine(email.subject),
    text: email.text,
    ...(email.html !== undefined && { html: email.html }),
    messageId,
    date: new Date(date),
    ...(email.inReplyTo !== undefined && { inReplyTo: oneLine(email.inReplyTo) }),
    ...(email.references && { references: email.references.map(oneLine) }),
    attachments: email.attachments.map(({ name, contentType, content }) => ({
      filename: oneLine(name),
      contentType: oneLine(contentType),
      content: Buffer.from(content.buffer, content.byteOffset, content.byteLength),
    })),
    ...(headers && { headers: { ...headers } }),
    // What staff wrote is content, never a path or an address to fetch.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

function mailbox({ address, name }: Address): { name: string; address: string } {
  return { name: oneLine(name ?? ''), address: oneLine(address) };
}

/** A header is one line: nothing that somebody typed begins another one. */
function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').trim();
}
