import PostalMime from 'postal-mime';

/** What a person sees of an email that they answer. */
export interface ReadMail {
  readonly subject: string;
  readonly text: string;
  /** With angle brackets. */
  readonly messageId: string | undefined;
  readonly references: readonly string[];
  /** Where an answer goes: Reply-To, else From; `undefined` = nowhere. */
  readonly answerTo: string | undefined;
  /** Who wrote it, by name or address. */
  readonly writer: string;
}

export async function readMail(raw: Uint8Array): Promise<ReadMail> {
  const mail = await PostalMime.parse(raw);
  const answerTo = mail.replyTo?.[0]?.address ?? mail.from?.address;
  return {
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    messageId: mail.messageId,
    references: mail.references?.match(/<[^<>\s]+>/g) ?? [],
    answerTo,
    writer: mail.from?.name || (mail.from?.address ?? ''),
  };
}
