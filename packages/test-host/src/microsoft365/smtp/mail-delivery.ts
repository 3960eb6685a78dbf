import { randomUUID } from 'node:crypto';
import type { Cast, CastAccount } from '../cast.js';
import type { Microsoft365Clock } from '../clock.js';
import type { MailSituations, PatientArrival } from '../mail-situations.js';
import type { Mailbox, Mailboxes } from '../mailboxes/mailboxes.js';
import { headerDate, messageIdOf, withHeader } from './message-header.js';
import { nonDeliveryReport, nonDeliveryWords, type UndeliveredReason } from './non-delivery-report.js';
import { outOfOffice } from './out-of-office.js';
import type { SubmissionConnection, SubmittedMessage } from './smtp-server.adapter.js';
import { SERVER_NAME } from './smtp-reply.js';

/** What became of each recipient. */
export type RecipientResult =
  | { readonly kind: 'delivered'; readonly recipient: string }
  /** Accepted, then reported back to the sender; `words`: by another system, in words only. */
  | { readonly kind: 'undelivered'; readonly recipient: string; readonly reason: UndeliveredReason | 'words' }
  /** Outside of the cast: nobody is there, nothing leaves this machine. */
  | { readonly kind: 'outside'; readonly recipient: string };

export interface SubmissionOutcome {
  /** With the angle brackets. */
  readonly messageId: string;
  readonly results: readonly RecipientResult[];
}

export interface MailDeliveryOptions {
  readonly cast: Cast;
  readonly clock: Microsoft365Clock;
  readonly mailboxes: Mailboxes;
  readonly situations: MailSituations;
}

/** Files and delivers what was accepted. */
export class MailDelivery {
  constructor(private readonly options: MailDeliveryOptions) {}

  /** The Sent Items copy is the person's, also when a shared mailbox is the sender. */
  submit(person: CastAccount, connection: SubmissionConnection, message: SubmittedMessage): SubmissionOutcome {
    const { clock, mailboxes } = this.options;
    const known = messageIdOf(message.raw);
    const messageId = known ?? `<${randomUUID()}@${SERVER_NAME}>`;
    const raw = known === undefined ? withHeader(message.raw, [`Message-ID: ${messageId}`]) : message.raw;
    mailboxes.deliver(person.address, raw, { folder: 'Sent Items', flags: ['\\Seen'] });
    const travelled = withHeader(raw, transportHeader(connection, message.from, clock.now()));
    const reached = new Set<Mailbox>();
    const results = message.recipients.map((recipient) => this.#deliver(recipient, travelled, reached));
    this.#report(message.from, raw, results);
    this.#answer(message.from, raw, results);
    return { messageId, results };
  }

  /** A mailbox that is reached by several of its addresses gets one copy. */
  #deliver(recipient: string, raw: Uint8Array, reached: Set<Mailbox>): RecipientResult {
    const mailbox = this.options.mailboxes.of(recipient);
    if (mailbox === undefined) {
      const isOurs = domains(this.options.cast).has(domainOf(recipient));
      return isOurs ? { kind: 'undelivered', recipient, reason: 'not-found' } : { kind: 'outside', recipient };
    }
    const isFull = this.options.situations.of(mailbox.address).mailboxFull === true;
    if (isFull) return { kind: 'undelivered', recipient, reason: 'mailbox-full' };
    const arrival = this.#arrivalAt(recipient);
    if (arrival !== undefined && arrival !== 'away') return { kind: 'undelivered', recipient, reason: arrival };
    if (!reached.has(mailbox)) this.options.mailboxes.deliver(mailbox.address, raw);
    reached.add(mailbox);
    return { kind: 'delivered', recipient };
  }

  #report(sender: string, original: Uint8Array, results: readonly RecipientResult[]): void {
    const now = this.options.clock.now();
    const undelivered: { recipient: string; reason: UndeliveredReason }[] = [];
    for (const result of results) {
      if (result.kind !== 'undelivered') continue;
      const { recipient, reason } = result;
      if (reason !== 'words') undelivered.push({ recipient, reason });
      else this.options.mailboxes.deliver(sender, nonDeliveryWords({ sender, original, recipient, now }));
    }
    if (undelivered.length === 0) return;
    this.options.mailboxes.deliver(sender, nonDeliveryReport({ sender, original, undelivered, now }));
  }

  /** Whoever is away answers without a person. */
  #answer(sender: string, original: Uint8Array, results: readonly RecipientResult[]): void {
    const now = this.options.clock.now();
    for (const { kind, recipient } of results) {
      if (kind !== 'delivered' || this.#arrivalAt(recipient) !== 'away') continue;
      const reply = outOfOffice({ recipient, sender, original, now });
      if (reply) this.options.mailboxes.deliver(sender, reply);
    }
  }

  #arrivalAt(recipient: string): PatientArrival | undefined {
    const address = recipient.toLowerCase();
    const isPatient = this.options.cast.patients.some((patient) => patient.address === address);
    return isPatient ? this.options.situations.of(address).arrival : undefined;
  }
}

function domains(cast: Cast): ReadonlySet<string> {
  return new Set([...cast.accounts, ...cast.patients].map(({ address }) => domainOf(address)));
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

function transportHeader(connection: SubmissionConnection, from: string, now: number): readonly string[] {
  const date = headerDate(now);
  return [
    `Received: from ${SERVER_NAME} (127.0.0.1) by ${SERVER_NAME}\r\n (127.0.0.1) with HTTPS; ${date}`,
    `Received: from ${connection.clientName} (127.0.0.1) by ${SERVER_NAME}\r\n (127.0.0.1) with Microsoft SMTP Server (${connection.encryption}) id\r\n 15.20.9999.1; ${date}`,
    `Return-Path: ${from}`,
    'X-MS-Exchange-Organization-AuthAs: Internal',
    'X-MS-Exchange-Organization-SCL: -1',
    `X-MS-Exchange-Organization-Network-Message-Id: ${randomUUID()}`,
    'X-MS-Exchange-Transport-CrossTenantHeadersStamped: EXACTTESTHOST',
  ];
}
