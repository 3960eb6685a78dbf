import { FailureError, type InboxMessage, type InboxRow } from '@exact/host-contracts';
import { ReadingThread, receiveMail } from '@exact/email-plugin/testing';
import type { Transport } from '../generated/transport.js';
import { writeLetter } from '../generated/write-letter.js';
import { ACCOUNT, account, StoresHarness } from '../stores-harness.js';
import { Crash, FakeMailbox, ServerInbox, type MailboxMessage, type Trouble } from './fake-mailbox.js';
import { LETTERS, numberOfText } from './history-letters.js';
import type { HistoryStep } from './history-steps.js';

const POP3_ACCOUNT = 'pop3:reception@brightsmile.example';
const PATIENT = { id: 'p1', name: 'Alice Thornton' };
const START_OF_MAIL = Date.UTC(2026, 10, 23);

/** What EXACT must know of a letter. */
interface Known {
  folder: InboxRow['folder'];
  isLinked: boolean;
}

/**
 * A practice with a mailbox, and beside it the model of what must be in EXACT. The model is small: a letter is known once a pass
 * that ended has seen it in a mailbox; one that only a broken pass has seen may be known or not.
 */
export class PracticeHistory implements AsyncDisposable {
  private readonly server = new ServerInbox();
  private readonly away: MailboxMessage[] = [];
  private readonly pop3 = new ServerInbox();
  private readonly numbers = new WeakMap<Uint8Array, number>();
  private readonly writings: Buffer[] = [];
  private readonly known = new Map<number, Known>();
  private fence = 0;
  private at = START_OF_MAIL;

  private constructor(private readonly harness: StoresHarness) {}

  static async open(): Promise<PracticeHistory> {
    const history = new PracticeHistory(await StoresHarness.openConnected());
    history.fence = await history.harness.lease();
    return history;
  }

  async play(step: HistoryStep): Promise<void> {
    switch (step.kind) {
      case 'deliver':
        this.server.add(this.write(step.letter, step.transport), this.nextMoment());
        return;
      case 'import':
        await this.import(this.write(step.letter, step.transport));
        return;
      case 'renumber':
        this.server.renumber();
        return;
      case 'rewrite':
        this.server.renumber((raw) => this.write(this.numberIn(raw), step.transport));
        return;
      case 'reset-counter':
        await this.harness.commit({ account, resetCounter: ACCOUNT });
        // A Finish ends the lease of the run before.
        this.fence = await this.harness.lease();
        return;
      case 'receive':
        await (step.trouble ? this.receiveInTrouble(step.trouble) : this.receive());
        return;
      case 'staff-delete':
      case 'staff-restore':
      case 'link':
        await this.staff(step.kind, step.which);
        return;
      default:
        this.owner(step.kind, step.which);
    }
  }

  /** What the promises are broken by, after a pass that ended; empty when they hold. */
  async brokenPromises(): Promise<readonly string[]> {
    await this.receive();
    const messages = await this.messages();
    const problems = await Promise.all(messages.map((message) => this.problemsOf(message)));
    const counts = LETTERS.map((_letter, number) => messages.filter((message) => numberOf(message) === number).length);
    const miscounted = counts.flatMap((count, number) =>
      count === (this.known.has(number) ? 1 : 0) ? [] : [`letter ${String(number)}: ${String(count)} times`],
    );
    return [...problems.flat(), ...miscounted, ...(await this.badlySetAside())];
  }

  /** All that a server withholds and EXACT does not have is set aside; and nothing that it does not withhold. */
  private async badlySetAside(): Promise<readonly string[]> {
    const setAside = (await this.harness.stores.inbox.setAside(ACCOUNT, 'INBOX')).map(({ uid }) => uid);
    const withheld = this.server.messages.filter(({ uid }) => this.server.withheld.has(uid));
    const missing = withheld.filter(({ uid, raw }) => !this.known.has(this.numberIn(raw)) && !setAside.includes(uid));
    const settled = setAside.filter((uid) => !this.server.withheld.has(uid));
    return [
      ...missing.map(({ uid }) => `UID ${String(uid)}: withheld, and not set aside`),
      ...settled.map((uid) => `UID ${String(uid)}: still set aside`),
    ];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.harness[Symbol.asyncDispose]();
  }

  /** The owner of the mailbox, in Outlook, and the server. */
  private owner(kind: 'delete' | 'move-out' | 'move-back' | 'withhold' | 'release', which: number): void {
    const { server, away } = this;
    const uid = pick(server.messages, which)?.uid;
    if (kind === 'move-back') {
      const [back] = away.splice(which % Math.max(away.length, 1), 1);
      if (back) server.add(back.raw, back.arrivedAt);
    } else if (kind === 'release') server.withheld.delete(pick([...server.withheld], which) ?? 0);
    else if (uid === undefined) return;
    else if (kind === 'withhold') server.withheld.add(uid);
    else {
      const gone = server.remove(uid);
      if (gone && kind === 'move-out') away.push(gone);
    }
  }

  private async staff(kind: 'staff-delete' | 'staff-restore' | 'link', which: number): Promise<void> {
    const message = pick(await this.messages(), which);
    const known = message && this.known.get(numberOf(message));
    if (!known) return;
    const { inbox } = this.harness.stores;
    if (kind === 'link') {
      await inbox.link(message.id, PATIENT);
      known.isLinked = true;
    } else {
      known.folder = kind === 'staff-delete' ? 'deleted' : 'inbox';
      await inbox.move([message.id], known.folder);
    }
  }

  private async import(raw: Uint8Array): Promise<void> {
    this.pop3.add(raw, this.nextMoment());
    await this.pass(this.pop3, POP3_ACCOUNT, undefined);
    this.know(this.pop3);
  }

  private async receive(): Promise<void> {
    await this.pass(this.server, ACCOUNT, undefined);
    this.know(this.server);
  }

  /** What it stored before the trouble counts, and must have been in the mailbox. */
  private async receiveInTrouble(trouble: Trouble): Promise<void> {
    try {
      await this.pass(this.server, ACCOUNT, trouble);
      this.know(this.server);
      return;
    } catch (error) {
      if (!(error instanceof FailureError) && !(error instanceof Crash)) throw error;
    }
    if (trouble.kind === 'crash') {
      await this.harness.close();
      await this.harness.reopen();
      this.fence = await this.harness.lease();
    }
    const present = this.deliverable(this.server);
    const stored = (await this.messages()).map(numberOf);
    for (const number of stored) if (present.includes(number)) this.remember(number);
  }

  private async pass(server: ServerInbox, accountKey: string, trouble: Trouble | undefined): Promise<void> {
    const { stores } = this.harness;
    await using thread = new ReadingThread();
    const outcome = await receiveMail({
      mailbox: new FakeMailbox(server, trouble),
      thread,
      inbox: stores.inbox,
      outbox: stores.outbox,
      patients: stores.patients,
      account: accountKey,
      databaseId: 'practice',
      fence: this.fence,
      signal: new AbortController().signal,
      clock: this.harness.clock,
      onProgress: () => Promise.resolve(),
    });
    if (outcome.kind !== 'complete') throw new Error(`The pass ended as ${outcome.kind}`);
  }

  private know(server: ServerInbox): void {
    for (const number of this.deliverable(server)) this.remember(number);
  }

  private remember(number: number): void {
    if (!this.known.has(number)) this.known.set(number, { folder: 'inbox', isLinked: false });
  }

  /** The letters in a mailbox that its server gives out. */
  private deliverable(server: ServerInbox): readonly number[] {
    const messages = server.messages.filter(({ uid }) => !server.withheld.has(uid));
    return messages.map(({ raw }) => this.numberIn(raw));
  }

  private async problemsOf(message: InboxMessage): Promise<readonly string[]> {
    const number = numberOf(message);
    const known = this.known.get(number);
    const raw = await this.harness.stores.inbox.raw(message.id, 0, message.size + 1);
    const isAsWritten = this.writings.some((writing) => writing.equals(raw));
    return [
      ...(isAsWritten ? [] : [`letter ${String(number)}: other bytes`]),
      ...(known?.folder === message.folder ? [] : [`letter ${String(number)}: in ${message.folder}`]),
      ...(known?.isLinked === (message.patient?.id === PATIENT.id) ? [] : [`letter ${String(number)}: its patient`]),
    ];
  }

  private async messages(): Promise<readonly InboxMessage[]> {
    const { inbox } = this.harness.stores;
    const lists = (['inbox', 'deleted'] as const).map((folder) => inbox.list({ folder, offset: 0, limit: 500 }));
    const rows = (await Promise.all(lists)).flatMap(({ rows: found }) => found);
    const read = await Promise.all(rows.map(({ id }) => inbox.read(id)));
    return read.filter((message) => message !== undefined);
  }

  private write(number: number, transport: Transport): Uint8Array {
    const letter = LETTERS[number];
    if (!letter) throw new RangeError(`There is no letter ${String(number)}`);
    const raw = writeLetter(letter, transport);
    this.writings.push(raw);
    this.numbers.set(raw, number);
    return raw;
  }

  /** Which letter these bytes are. */
  private numberIn(raw: Uint8Array): number {
    return this.numbers.get(raw) ?? -1;
  }

  private nextMoment(): number {
    this.at += 60_000;
    return this.at;
  }
}

/** Which letter a message is; -1 = nobody wrote it. */
function numberOf({ index }: InboxMessage): number {
  return numberOfText(index.text ?? '');
}

function pick<T>(from: readonly T[], which: number): T | undefined {
  return from[which % Math.max(from.length, 1)];
}
