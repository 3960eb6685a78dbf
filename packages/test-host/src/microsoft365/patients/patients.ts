import { randomUUID } from 'node:crypto';
import type { Cast, CastPatient } from '../cast.js';
import type { Microsoft365Clock } from '../clock.js';
import type { Mailboxes } from '../mailboxes/mailboxes.js';
import { encodeMailbox, encodeWords } from '../sample-mail/encoded-words.js';
import { textPart, writeMessage } from '../sample-mail/mime-writer.js';
import { headerDate } from '../smtp/message-header.js';
import { readMail } from './mail-reader.adapter.js';

/** A new email of a patient. */
export interface PatientMail {
  /** Default: a question about an appointment. */
  readonly subject?: string;
  readonly text?: string;
  /** Whom it is to. Default: reception@brightsmile.example. */
  readonly to?: string;
}

export type AnswerOutcome =
  | { readonly kind: 'answered' }
  /** The patient got no email yet that could be answered. */
  | { readonly kind: 'nothing-to-answer' };

/** The patients of the sample practice, who write when they are asked to. */
export class Patients {
  constructor(
    private readonly cast: Cast,
    private readonly clock: Microsoft365Clock,
    private readonly mailboxes: Mailboxes,
  ) {}

  /** The patient writes a new email. @throws RangeError when there is no such patient or no mailbox of that address */
  write(id: string, { subject, text, to = 'reception@brightsmile.example' }: PatientMail = {}): void {
    const patient = this.#patient(id);
    this.#send(patient, to, {
      subject: subject ?? 'A question about my appointment',
      text: text ?? `Hello,\n\ncould you please tell me when my next appointment is?\n\nThank you\n${patient.name}`,
    });
  }

  /**
   * The patient answers the last email that came to their address, quoting it.
   *
   * @throws RangeError when there is no such patient
   */
  async answer(id: string, text = 'Thank you, that suits me well.'): Promise<AnswerOutcome> {
    const patient = this.#patient(id);
    const last = this.mailboxes.messages(patient.address).at(-1);
    if (last === undefined) return { kind: 'nothing-to-answer' };
    const mail = await readMail(last.raw());
    const isOurs = mail.answerTo !== undefined && this.mailboxes.of(mail.answerTo) !== undefined;
    if (mail.answerTo === undefined || !isOurs) return { kind: 'nothing-to-answer' };
    const introduction = `On ${new Date(last.internalDate).toUTCString()}, ${mail.writer} wrote:`;
    const quoted = mail.text.trimEnd().replaceAll(/^/gm, '> ');
    this.#send(patient, mail.answerTo, {
      subject: /^re:/i.test(mail.subject) ? mail.subject : `Re: ${mail.subject}`,
      text: `${text}\n\n${patient.name}\n\n${introduction}\n${quoted}\n`,
      header:
        mail.messageId === undefined
          ? []
          : [`In-Reply-To: ${mail.messageId}`, `References: ${[...mail.references, mail.messageId].join('\r\n ')}`],
    });
    return { kind: 'answered' };
  }

  #patient(id: string): CastPatient {
    const patient = this.cast.patients.find((each) => each.id === id);
    if (patient === undefined) throw new RangeError(`No patient with the id ${id}`);
    return patient;
  }

  #send(
    patient: CastPatient,
    to: string,
    mail: { readonly subject: string; readonly text: string; readonly header?: readonly string[] },
  ): void {
    const domain = patient.address.slice(patient.address.indexOf('@') + 1);
    const date = headerDate(this.clock.now());
    const header = [
      `Received: from mail.${domain} (192.0.2.25) by EXACTTESTHOST.loopback.example\r\n (127.0.0.1) with Microsoft SMTP Server; ${date}`,
      `From: ${encodeMailbox(patient.name, patient.address)}`,
      `To: ${to}`,
      `Subject: ${encodeWords(mail.subject, 'utf-8')}`,
      `Date: ${date}`,
      `Message-ID: <${randomUUID()}@${domain}>`,
      ...(mail.header ?? []),
    ];
    const content = textPart(mail.text, { charset: 'utf-8', encoding: 'quoted-printable' });
    const { kind } = this.mailboxes.deliver(to, writeMessage(header, content));
    if (kind === 'no-such-mailbox') throw new RangeError(`No mailbox with the address ${to}`);
  }
}
