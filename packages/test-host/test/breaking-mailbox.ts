import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { InboxStore } from '@exact/host-contracts';
import { FakeClock } from '@exact/test-host';
import { createCertificates } from '../src/microsoft365/certificates.adapter.js';
import { systemClock } from '../src/microsoft365/clock.js';
import { MailboxRelay, ON_ANOTHER } from './mailbox-relay.js';
import { message, RECEPTION } from './mail-servers.js';
import { ReceivingPractice } from './receiving-practice.js';

/** Larger than what is asked for whole. */
const LARGE_BYTES = 9 * 1024 * 1024;
const LONG_LINE = `${'All is well. '.repeat(70)}\r\n`;
const FEW = 12;
/** More than a download has in one go, so that it opens further connections. */
const MANY = 1_100;
const TWO_MINUTES_MS = 2 * 60_000;
/** The last step before the server tells of new mail by itself. */
const IDLING = 'after a line of IDLE';
/** From here on a further connection fetches, too. */
const READY = `after the end of EXAMINE${ON_ANOTHER}`;
/** Of three that a download opens: one may break. */
const ENOUGH_READY = 2;

/**
 * What comes in a round: a `few` messages, a `large` one in pieces besides, so `many` that further connections open, or a few
 * after the `end` of a checking time, at which the connection is closed.
 */
export type Kind = 'few' | 'large' | 'many' | 'end';

/** A practice whose way to its mailbox breaks where a test wants. */
export class BreakingMailbox implements AsyncDisposable {
  /** Asked at each step: whether the connection breaks there. */
  breaksAt: (step: string) => boolean = () => false;
  private readonly cleanUp = new AsyncDisposableStack();
  private isIdle = false;
  private written = 0;
  /** How many further connections are still to be ready before the first one fetches, so that each has its part in every round. */
  private unready = 0;
  private letFetch = (): void => undefined;

  private constructor(
    readonly relay: MailboxRelay,
    readonly clock: FakeClock,
    readonly practice: ReceivingPractice,
  ) {
    this.cleanUp.use(practice);
    this.cleanUp.use(relay);
    relay.onStep = async (step) => {
      const breaks = this.breaksAt(step);
      if (!step.endsWith(ON_ANOTHER)) this.isIdle = step === IDLING && !breaks;
      if (step === READY) this.unready -= 1;
      if (breaks) this.unready = 0;
      if (this.unready <= 0) this.letFetch();
      return breaks ? 'breaks' : this.goOn(step);
    };
  }

  static async open(): Promise<BreakingMailbox> {
    const relay = await MailboxRelay.start(await createCertificates(systemClock));
    const clock = new FakeClock();
    const practice = ReceivingPractice.open({
      clock,
      servers: { imap: { host: '127.0.0.1', port: relay.port }, ca: relay.certificates.ca },
    });
    const opened = await practice;
    const { port, ca = '' } = opened.microsoft365.services.imap;
    relay.leadTo({ port, ca });
    return new BreakingMailbox(relay, clock, opened);
  }

  /** A download on a new connection, and one more message that is told of. */
  async round(kind: Kind): Promise<void> {
    if (kind === 'end') await this.endCheckingTime();
    this.relay.breakAll();
    this.isIdle = false;
    this.unready = kind === 'many' ? ENOUGH_READY : 0;
    if (kind === 'large') this.deliver(LARGE_BYTES);
    for (let count = kind === 'many' ? MANY : FEW; count > 0; count -= 1) this.deliver();
    if (kind === 'end') await this.practice.setUp();
    await this.converge(() => this.isIdle);
    this.deliver();
    await this.converge(() => true);
  }

  /** What is wrong with what was received, byte for byte; empty when all is there, once. */
  async differences(): Promise<readonly string[]> {
    const wanted = this.mailbox().map((stored) => digestOf(stored.raw()));
    const found: string[] = [];
    for (const id of await idsOf(this.inbox)) found.push(digestOf(await this.practice.raw(id)));
    const [there, here] = [new Set(wanted), new Set(found)];
    return [
      ...wanted.flatMap((digest, index) => (here.has(digest) ? [] : [`message ${String(index + 1)} is lost`])),
      ...(found.length === here.size ? [] : [`${String(found.length - here.size)} came twice`]),
      ...found.flatMap((digest) => (there.has(digest) ? [] : ['a message is not as it was sent'])),
    ];
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.cleanUp.disposeAsync();
  }

  private async goOn(step: string): Promise<'goes on'> {
    if (step === 'before FETCH' && this.unready > 0) {
      await new Promise<void>((resolve) => {
        this.letFetch = resolve;
      });
    }
    return 'goes on';
  }

  private get inbox(): InboxStore {
    return this.practice.host.stores.inbox;
  }

  private mailbox() {
    return this.practice.microsoft365.mailboxes.messages(RECEPTION);
  }

  private deliver(bytes = 0): void {
    this.written += 1;
    const subject = `number ${String(this.written)}`;
    const raw = Buffer.concat([message(subject), Buffer.alloc(bytes, LONG_LINE)]);
    this.practice.microsoft365.mailboxes.deliver(RECEPTION, raw);
  }

  private async endCheckingTime(): Promise<void> {
    const soon = new Date(this.clock.now() + TWO_MINUTES_MS);
    const weekday = soon.getUTCDay() || 7;
    await this.practice.setUp({ checkingTimes: [{ weekday, from: '00:00', to: soon.toISOString().slice(11, 16) }] });
    this.isIdle = false;
    await this.converge(() => this.isIdle);
    while (this.clock.now() < soon.getTime() || this.relay.connections > 0) await this.clock.advance(10_000);
  }

  /** Lets time pass, but for a connection that is at work, until all that was delivered is in the Inbox. */
  private async converge(isReached: () => boolean): Promise<void> {
    for (;;) {
      const { total } = await this.inbox.list({ folder: 'inbox', offset: 0, limit: 1 });
      if (total >= this.written && isReached()) return;
      if (this.relay.connections === 0) await this.clock.advance(10_000);
      else await setImmediate();
    }
  }
}

async function idsOf(inbox: InboxStore): Promise<readonly number[]> {
  const ids: number[] = [];
  for (;;) {
    const { rows } = await inbox.list({ folder: 'inbox', offset: ids.length, limit: 500 });
    if (rows.length === 0) return ids;
    ids.push(...rows.map(({ id }) => id));
  }
}

function digestOf(raw: Uint8Array): string {
  return createHash('sha256').update(raw).digest('hex');
}
