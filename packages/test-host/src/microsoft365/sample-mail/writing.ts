import type { CastPatient } from '../cast.js';
import { fits, type Charset } from './charset-encoder.js';
import { encodeMailbox, encodeWords } from './encoded-words.js';
import type { Correspondent } from './practice-talk.js';
import type { Random } from './random.js';

/** What a message's header says. */
export interface HeaderOptions {
  readonly from: Correspondent;
  readonly subject: string;
  /** Of the encoded words, where the text fits into it. Default: utf-8. */
  readonly charset?: Charset;
  /** With angle brackets; `undefined` = a new one, `none` = without. */
  readonly messageId?: string;
  /** As written; `undefined` = the date of writing, `none` = without. */
  readonly date?: string;
  /** More header lines. */
  readonly extra?: readonly string[];
}

/** Left out of a header. */
export const none = '';

/** An earlier message that others can refer to. */
export interface EarlierMessage {
  readonly from: Correspondent;
  readonly subject: string;
  readonly messageId: string;
  readonly references: readonly string[];
  readonly text: string;
  readonly raw: Buffer;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** What whoever writes the next message knows. */
export class Writing {
  /** Messages of patients so far, the newest last. */
  readonly earlier: EarlierMessage[] = [];
  /** Message-IDs that a second, different message shall carry. */
  readonly idsToRepeat: string[] = [];
  /** When the message arrives, epoch milliseconds. */
  at = 0;
  /** What is left to deal of each list. */
  readonly #hands = new Map<readonly unknown[], unknown[]>();

  constructor(
    readonly random: Random,
    readonly practice: Correspondent,
    readonly patients: readonly CastPatient[],
  ) {}

  patient(): CastPatient {
    return this.random.pick(this.patients);
  }

  /** One of them; each comes once before any comes again. */
  deal<T>(from: readonly T[]): T {
    const left = this.#hands.get(from) ?? [];
    if (left.length === 0) left.push(...this.random.shuffle(from));
    this.#hands.set(from, left);
    return left.pop() as T;
  }

  newMessageId(from: Correspondent): string {
    return `<${this.random.hex(20)}@${from.address.slice(from.address.indexOf('@') + 1)}>`;
  }

  /** Header lines as they are after the journey. */
  header(options: HeaderOptions): readonly string[] {
    const { from, subject, charset = 'utf-8', extra = [] } = options;
    const within = (text: string): Charset => (fits(text, charset) ? charset : 'utf-8');
    const { messageId = this.newMessageId(from), date = this.date() } = options;
    return [
      ...this.#received(from),
      `From: ${encodeMailbox(from.name, from.address, within(from.name))}`,
      `To: ${encodeMailbox(this.practice.name, this.practice.address)}`,
      `Subject: ${encodeWords(subject, within(subject))}`,
      ...(date === none ? [] : [`Date: ${date}`]),
      ...(messageId === none ? [] : [`Message-ID: ${messageId}`]),
      ...extra,
    ];
  }

  /** RFC 5322 date of writing, a little before the arrival, in a zone of the writer's. */
  date(): string {
    const offset = this.random.pick([-300, 0, 0, 60, 60, 120, 330]);
    const local = new Date(this.at - this.random.integer(1, 90) * 1000 + offset * 60_000);
    const size = Math.abs(offset);
    const zone = [Math.floor(size / 60), size % 60].map((part) => part.toString().padStart(2, '0')).join('');
    return local.toUTCString().replace('GMT', `${offset < 0 ? '-' : '+'}${zone}`);
  }

  #received(from: Correspondent): readonly string[] {
    const domain = from.address.slice(from.address.indexOf('@') + 1);
    const date = new Date(this.at).toUTCString().replace('GMT', '+0000');
    return [
      `Received: from mail.${domain} (192.0.2.${this.random.integer(1, 254).toString()}) by\r\n EXACTTESTHOST.loopback.example (127.0.0.1) with Microsoft SMTP Server\r\n (version=TLS1_3, cipher=TLS_AES_256_GCM_SHA384) id 15.20.9999.1; ${date}`,
      `Return-Path: ${from.address}`,
    ];
  }
}

/** Writes one message of a kind. */
export type MessageKind = (writing: Writing) => Buffer;
