import type { OutboxEmail, OutboxRow, OutgoingMessage, SubmissionOutcome } from '@exact/host-contracts';
import { MemoryPractice } from './conformance-memory.js';
import { account, ACCOUNT, DAY, failure } from './stores-harness.js';

const LEASE_MS = 90_000;
const HOUR_MS = 60 * 60_000;
/** However far the clock was put back. */
const LONG_AFTER_MS = 1_000 * DAY;

/** How the server answers a submission. */
export const ANSWERS = [
  'taken',
  'refused',
  'broken before the dot',
  'taken, then broken',
  'lost, then broken',
] as const;

/** Something that happens, to one of two computers that may send, or to one of the emails. */
export type Happening =
  | { readonly kind: 'written' | 'found in Sent Items' }
  | {
      readonly kind: 'takes over' | 'claims' | 'begins' | 'settles' | 'crashes';
      readonly computer: number;
    }
  | { readonly kind: 'submits'; readonly computer: number; readonly answer: (typeof ANSWERS)[number] }
  | { readonly kind: 'released' | 'reset' | 'stopped' | 'said to have arrived' | 'sent again'; readonly email: number }
  | { readonly kind: 'the clock goes'; readonly hours: number };

/** What a computer has in hand; a crash forgets it, losing the lease does not: it may have slept. */
interface Computer {
  readonly fence: number;
  readonly email?: OutboxEmail;
  readonly isBegun?: boolean;
  readonly outcome?: SubmissionOutcome;
}

/** What the model knows of an email beside the Outbox. */
interface Known {
  /** How often the server took it. */
  readonly taken: number;
  /** How often a person let it go again although it might have arrived. */
  readonly sentAgain: number;
  readonly isSaidToHaveArrived: boolean;
  readonly isStopped: boolean;
  readonly wasUncertain: boolean;
}

const UNKNOWN: Known = { taken: 0, sentAgain: 0, isSaidToHaveArrived: false, isStopped: false, wasUncertain: false };

/**
 * The Outbox of the real store between two computers of which one holds the lease, a server, and a person; the emails as
 * the server and the person know them. Each happening is followed by what must be true whatever happened:
 *
 * - the server takes an email once, and once more for each time that a person sent it again;
 * - what is sent was taken, or a person said that it arrived;
 * - what is in doubt has a reason, and waits again only by a person;
 * - only a person stops an email.
 */
export class OutboxModel implements AsyncDisposable {
  private readonly practice = new MemoryPractice();
  private readonly computers: (Computer | undefined)[] = [undefined, undefined];
  private readonly known = new Map<number, Known>();
  private composed = 0;

  static async open(): Promise<OutboxModel> {
    const model = new OutboxModel();
    await model.practice.stores.configuration.commit({
      expectedRevision: 0,
      settings: {},
      account,
      secrets: {},
      retireOther: false,
      audit: [],
    });
    return model;
  }

  async happen(happening: Happening): Promise<void> {
    switch (happening.kind) {
      case 'written':
        await this.outbox.enqueue({ to: [{ address: 'a@b.example' }], subject: '', text: '', attachments: [] });
        return;
      case 'found in Sent Items':
        return this.find();
      case 'the clock goes':
        this.practice.clock.jump(happening.hours * HOUR_MS);
        return;
      case 'submits':
        return this.submit(happening.computer, happening.answer);
      case 'takes over':
      case 'claims':
      case 'begins':
      case 'settles':
      case 'crashes':
        return this.work(happening.kind, happening.computer);
      default:
        return this.press(happening.kind, happening.email);
    }
  }

  /** What is broken now; empty when all promises hold. */
  async broken(): Promise<readonly string[]> {
    const rows = await this.rows();
    const broken = rows.flatMap((row) => brokenBy(row, this.of(row.id)));
    for (const { id, state } of rows) this.note(id, { wasUncertain: state === 'uncertain' });
    return broken;
  }

  /** Long after, one computer sends all that a person lets go to a server that is well. */
  async drain(): Promise<readonly OutboxRow[]> {
    this.computers[1] = undefined;
    this.practice.clock.jump(LONG_AFTER_MS);
    await this.work('takes over', 0);
    await this.outbox.release((await this.rows()).map(({ id }) => id));
    for (let left = 1_000; left > 0; left -= 1) {
      await this.work('claims', 0);
      if (!this.computers[0]?.email) break;
      await this.work('begins', 0);
      await this.submit(0, 'taken');
      await this.work('settles', 0);
    }
    return this.rows();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.practice.stores[Symbol.asyncDispose]();
  }

  private get outbox() {
    return this.practice.stores.outbox;
  }

  private async rows(): Promise<readonly OutboxRow[]> {
    const views = ['outbox', 'sent', 'stopped'] as const;
    const lists = await Promise.all(views.map((view) => this.outbox.list({ view, offset: 0, limit: 500 })));
    return lists.flatMap(({ rows }) => rows).toSorted((a, b) => a.id - b.id);
  }

  private of(id: number): Known {
    return this.known.get(id) ?? UNKNOWN;
  }

  private note(id: number, news: Partial<Known>): void {
    this.known.set(id, { ...this.of(id), ...news });
  }

  private async work(step: 'takes over' | 'claims' | 'begins' | 'settles' | 'crashes', index: number) {
    const computer = this.computers[index];
    if (step === 'crashes') this.computers[index] = undefined;
    else if (step === 'takes over') this.computers[index] = await this.takeOver(index, computer);
    else if (computer) this.computers[index] = await this.step(step, computer);
  }

  /** The lease of the other one has run out; what this one had in hand before is forgotten. */
  private async takeOver(index: number, before: Computer | undefined): Promise<Computer | undefined> {
    const { clock, stores } = this.practice;
    clock.jump(LEASE_MS + 1);
    const lease = await stores.leases.acquire(`computer ${String(index)}`, LEASE_MS);
    if (lease.kind === 'held') return before;
    const { fence } = lease;
    const heldBefore = clock.now() - DAY;
    const reasons = { heldFailure: failure, uncertainFailure: failure };
    await this.outbox.recover({ account: ACCOUNT, fence, heldBefore, ...reasons });
    return { fence };
  }

  private async step(step: 'claims' | 'begins' | 'settles', computer: Computer): Promise<Computer> {
    const { fence, email, isBegun = false, outcome } = computer;
    if (!email) return step === 'claims' ? this.claim(fence) : computer;
    const { outbox } = this;
    if (step === 'begins' && !isBegun) {
      const done = await outbox.submitting(email.id, fence, this.messageOf(email));
      return done.kind === 'done' ? { ...computer, isBegun: true } : { fence };
    }
    if (step !== 'settles' || !outcome) return computer;
    await outbox.settle(email.id, fence, outcome);
    return { fence };
  }

  /** What was fixed, or else what a computer composes anew each time. */
  private messageOf({ messageId, raw }: OutboxEmail): OutgoingMessage {
    if (messageId !== undefined && raw) return { messageId, raw };
    this.composed += 1;
    return { messageId: `<${String(this.composed)}@x>`, raw: Buffer.from(String(this.composed)) };
  }

  private async claim(fence: number): Promise<Computer> {
    const email = await this.outbox.claim({ account: ACCOUNT, fence, now: this.practice.clock.now() });
    return email ? { fence, email } : { fence };
  }

  /** Also when the lease was lost meanwhile: the computer has slept since it began. */
  private async submit(index: number, answer: (typeof ANSWERS)[number]): Promise<void> {
    const computer = this.computers[index];
    if (!computer?.email || computer.isBegun !== true || computer.outcome) return;
    const { id } = computer.email;
    if (answer === 'taken' || answer === 'taken, then broken') this.note(id, { taken: this.of(id).taken + 1 });
    this.computers[index] = { ...computer, outcome: outcomeOf(answer, this.practice.clock.now()) };
    await Promise.resolve();
  }

  /** By whoever has the lease. */
  private async find(): Promise<void> {
    for (const { id, recipients } of await this.outbox.uncertain(ACCOUNT)) {
      if (this.of(id).taken === 0) continue;
      const reached = recipients.map(({ address }) => ({ address, outcome: 'accepted' }) as const);
      const fences = this.computers.flatMap((computer) => computer?.fence ?? []);
      const at = this.practice.clock.now();
      await this.outbox.settle(id, Math.max(0, ...fences), { kind: 'settled', recipients: reached, at });
    }
  }

  private async press(button: Extract<Happening, { email: number }>['kind'], position: number): Promise<void> {
    const rows = await this.rows();
    const row = rows[position % Math.max(1, rows.length)];
    if (!row) return;
    const { id, state } = row;
    if (button === 'released') await this.outbox.release([id]);
    else if (button === 'reset') await this.outbox.reset([id]);
    else if (button === 'stopped') {
      await this.outbox.stop([id]);
      this.note(id, { isStopped: true });
    } else {
      await this.outbox.decide(id, button === 'sent again' ? 'send-again' : 'arrived');
      if (state !== 'uncertain') return;
      if (button === 'sent again') this.note(id, { sentAgain: this.of(id).sentAgain + 1, wasUncertain: false });
      else this.note(id, { isSaidToHaveArrived: true });
    }
  }
}

function outcomeOf(answer: (typeof ANSWERS)[number], at: number): SubmissionOutcome {
  const address = 'a@b.example';
  switch (answer) {
    case 'taken':
      return { kind: 'settled', recipients: [{ address, outcome: 'accepted' }], at };
    case 'refused':
      return { kind: 'settled', recipients: [{ address, outcome: 'refused', failure }], at, failure };
    case 'broken before the dot':
      return { kind: 'again', notBefore: at + 1_000, failure };
    case 'taken, then broken':
    case 'lost, then broken':
      return { kind: 'uncertain', failure, recipients: [{ address, outcome: 'pending' }] };
  }
}

function brokenBy({ id, state, failure: reason }: OutboxRow, known: Known): readonly string[] {
  const { taken, sentAgain, isSaidToHaveArrived, isStopped, wasUncertain } = known;
  return [
    taken > 1 + sentAgain && `email ${String(id)} went twice`,
    state === 'sent' && taken === 0 && !isSaidToHaveArrived && `email ${String(id)} is sent and did not go`,
    state === 'uncertain' && !reason && `email ${String(id)} is in doubt without a reason`,
    state === 'queued' && wasUncertain && `email ${String(id)} was in doubt and waits again by itself`,
    state === 'stopped' && !isStopped && `email ${String(id)} was stopped by nobody`,
  ].filter((words) => words !== false);
}
