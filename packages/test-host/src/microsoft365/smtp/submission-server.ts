import { setTimeout as sleepFor } from 'node:timers/promises';
import type { Event } from '@exact/host-contracts';
import { SMTP_SCOPE, type InspectAccessToken } from '../access-tokens.js';
import { accountOfAddress, type Cast, type CastAccount } from '../cast.js';
import type { ServerCertificate } from '../certificates.js';
import type { Microsoft365Clock } from '../clock.js';
import type { MailSituations } from '../mail-situations.js';
import { Emitter } from '../mailboxes/emitter.js';
import type { Mailboxes } from '../mailboxes/mailboxes.js';
import { maySendAs } from '../shared-rights.js';
import { MailDelivery, type SubmissionOutcome } from './mail-delivery.js';
import { fromAddresses } from './message-header.js';
import {
  listenForSubmission,
  type MessageReply,
  type SubmissionConnection,
  type SubmissionHandler,
  type SubmittedMessage,
} from './smtp-server.adapter.js';
import { acceptedText, smtpRefusals, type SmtpReply } from './smtp-reply.js';
import { microsoftLimits, SubmissionCount, type SubmissionLimits } from './submission-limits.js';

export interface SubmissionServerOptions {
  readonly cast: Cast;
  readonly clock: Microsoft365Clock;
  readonly mailboxes: Mailboxes;
  readonly situations: MailSituations;
  readonly inspectAccessToken: InspectAccessToken;
  readonly certificate: ServerCertificate;
  /** TCP port on 127.0.0.1; 0, the default, takes a free one. */
  readonly port?: number;
  /** Default: Microsoft's. */
  readonly limits?: Partial<SubmissionLimits>;
  /** Waits for a message that is over the limit of a minute. Default: real time. */
  readonly sleep?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Told of faults in the server itself. */
  readonly reportError: (error: unknown) => void;
}

/** A message that a client submitted to the end of DATA. */
export interface Submission {
  /** Sign-in name of the person. */
  readonly user: string;
  readonly from: string;
  readonly recipients: readonly string[];
  readonly raw: Uint8Array;
  /** Code and text. */
  readonly reply: string;
  /** What became of it; `undefined` = refused. */
  readonly outcome: SubmissionOutcome | undefined;
}

/** The submission server of the own Microsoft 365, with Exchange Online's rules. */
export interface SubmissionServer extends AsyncDisposable {
  readonly port: number;
  /** After each end of DATA. */
  readonly onDidSubmit: Event<Submission>;
  /** Breaks every connection, as a fault of the network does. */
  breakConnections(): void;
}

/** @throws the system's error when the port is taken */
export async function startSubmissionServer(options: SubmissionServerOptions): Promise<SubmissionServer> {
  const limits = { ...microsoftLimits, ...options.limits };
  const submissions = new Emitter<Submission>();
  const rules = new SubmissionRules(options, limits, submissions);
  const { certificate, port = 0, reportError } = options;
  const listener = await listenForSubmission(
    { certificate, port, messageBytes: limits.messageBytes, reportError },
    rules,
  );
  return {
    port: listener.port,
    onDidSubmit: submissions.event,
    breakConnections: () => {
      listener.breakConnections();
    },
    [Symbol.asyncDispose]: async () => {
      rules.stop();
      await listener[Symbol.asyncDispose]();
    },
  };
}

class SubmissionRules implements SubmissionHandler {
  /** Who signed in on which connection. */
  readonly #people = new Map<string, CastAccount>();
  readonly #counts = new Map<string, SubmissionCount>();
  readonly #stopping = new AbortController();
  readonly #delivery: MailDelivery;

  constructor(
    private readonly options: SubmissionServerOptions,
    private readonly limits: SubmissionLimits,
    private readonly submissions: Emitter<Submission>,
  ) {
    this.#delivery = new MailDelivery(options);
  }

  /** The user name is the person's sign-in name, never an alias or a shared mailbox. */
  async authenticate(
    connection: SubmissionConnection,
    user: string,
    accessToken: string,
  ): Promise<SmtpReply | undefined> {
    const inspection = await this.options.inspectAccessToken(accessToken);
    if (!inspection.valid || !inspection.scopes.has(SMTP_SCOPE)) return smtpRefusals.authentication;
    const person = inspection.user;
    const { noMailbox, smtpAuthOff } = this.options.situations.of(person.address);
    const hasMailbox = person.hasMailbox && noMailbox !== true;
    if (person.signInName !== user.toLowerCase() || !hasMailbox) return smtpRefusals.authentication;
    if (smtpAuthOff === 'tenant') return smtpRefusals.offForTenant;
    if (smtpAuthOff === 'mailbox') return smtpRefusals.offForMailbox;
    this.#people.set(connection.id, person);
    return undefined;
  }

  recipient(address: string, accepted: number): SmtpReply | undefined {
    if (accepted >= this.limits.recipientsPerMessage) return smtpRefusals.tooManyRecipients;
    // The server's own check lets names without a domain pass for postmaster only, which nobody here is.
    if (!/^[^\s@]+@[^\s@]+$/.test(address)) return smtpRefusals.invalidRecipient;
    return this.options.situations.refusalOf(address);
  }

  async message(connection: SubmissionConnection, message: SubmittedMessage): Promise<MessageReply> {
    const person = this.#people.get(connection.id);
    if (person === undefined) throw new TypeError('A message came on a connection without sign-in');
    const count = this.#countOf(person);
    const refusal = this.#refusal(connection, person, message, count);
    if (refusal !== undefined) return this.#settle(person, message, refusal, undefined);
    const lost = this.options.situations.of(person.address).breakAfterData;
    if (lost === 'lost') return { kind: 'break' };
    await this.#waitForTurn(count);
    count.add(message.recipients.length);
    const outcome = this.#delivery.submit(person, connection, message);
    const reply = { code: 250, text: acceptedText(outcome.messageId) };
    const settled = this.#settle(person, message, reply, outcome);
    return lost === 'accepted' ? { kind: 'break' } : settled;
  }

  closed({ id }: SubmissionConnection): void {
    this.#people.delete(id);
  }

  stop(): void {
    this.#stopping.abort(new Error('The submission server stops'));
  }

  #refusal(
    { id }: SubmissionConnection,
    person: CastAccount,
    message: SubmittedMessage,
    count: SubmissionCount,
  ): SmtpReply | undefined {
    const open = [...this.#people].filter(([, each]) => each === person).map(([connection]) => connection);
    if (open.indexOf(id) >= this.limits.connections) return smtpRefusals.tooManyConnections;
    const senders = [message.from, ...fromAddresses(message.raw)];
    if (!senders.every((sender) => this.#maySendAs(person, sender))) return smtpRefusals.sendAs;
    if (!count.hasRoomFor(message.recipients.length)) return smtpRefusals.recipientQuota;
    return this.options.situations.of(person.address).mailboxFull === true ? smtpRefusals.mailboxFull : undefined;
  }

  /** Own address, own alias, or Send As. */
  #maySendAs(person: CastAccount, sender: string): boolean {
    const owner = accountOfAddress(this.options.cast, sender);
    return owner !== undefined && maySendAs(owner, person, this.options.situations);
  }

  async #waitForTurn(count: SubmissionCount): Promise<void> {
    const { sleep = realSleep } = this.options;
    while (count.delayMs > 0) await sleep(count.delayMs, this.#stopping.signal);
  }

  #settle(
    person: CastAccount,
    message: SubmittedMessage,
    reply: SmtpReply,
    outcome: SubmissionOutcome | undefined,
  ): MessageReply {
    const words = `${reply.code.toString()} ${reply.text}`;
    this.submissions.fire({ user: person.signInName, ...message, reply: words, outcome });
    return { kind: 'reply', reply };
  }

  #countOf({ oid }: CastAccount): SubmissionCount {
    const count = this.#counts.get(oid) ?? new SubmissionCount(this.limits, this.options.clock);
    this.#counts.set(oid, count);
    return count;
  }
}

async function realSleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleepFor(milliseconds, undefined, { signal });
}
