import type {
  DeliveryReport,
  FailingAddress,
  InboxMessage,
  InboxStore,
  NewEmail,
  OutboxEmail,
  OutboxState,
  OutboxStore,
  OutboxView,
} from '@exact/host-contracts';
import { Emitter } from './emitter.js';
import { MORNING, NASTY_RAW } from './sample-mail.js';

function notOfThePage(): Promise<never> {
  return Promise.reject(new Error('the page never asks this'));
}

/** The part of an inbox that a page uses, in memory. */
export class FakeInbox implements InboxStore {
  private readonly changed = new Emitter<undefined>();
  readonly onDidChange = this.changed.event as InboxStore['onDidChange'];
  readonly cursor = notOfThePage;
  readonly download = notOfThePage;
  readonly stage = notOfThePage;
  readonly receive = notOfThePage;
  readonly countKnown = notOfThePage;
  readonly setAside = notOfThePage;

  constructor(public messages: InboxMessage[]) {}

  list({ folder, offset, limit }: Parameters<InboxStore['list']>[0]) {
    const rows = this.messages.filter((message) => message.folder === folder);
    return Promise.resolve({ rows: rows.slice(offset, offset + limit), total: rows.length });
  }

  read(id: number): Promise<InboxMessage | undefined> {
    return Promise.resolve(this.messages.find((message) => message.id === id));
  }

  async raw(id: number, offset: number, length: number): Promise<Uint8Array> {
    const message = await this.read(id);
    const raw = message
      ? Buffer.from(message.index.html === undefined ? 'Subject: Hello\r\n\r\nHello' : NASTY_RAW)
      : Buffer.of();
    return raw.subarray(offset, offset + length);
  }

  markRead(id: number, read: boolean): Promise<void> {
    return this.update([id], (message) => ({ ...message, read }));
  }

  move(ids: readonly number[], folder: InboxMessage['folder']): Promise<void> {
    return this.update(ids, (message) => ({ ...message, folder }));
  }

  link(id: number, patient: InboxMessage['patient']): Promise<void> {
    return this.update([id], ({ patient: _before, ...message }) => ({ ...message, ...(patient && { patient }) }));
  }

  add(message: InboxMessage): void {
    this.messages = [message, ...this.messages];
    this.changed.fire(undefined);
  }

  private update(ids: readonly number[], change: (message: InboxMessage) => InboxMessage): Promise<void> {
    this.messages = this.messages.map((message) => (ids.includes(message.id) ? change(message) : message));
    this.changed.fire(undefined);
    return Promise.resolve();
  }
}

const VIEWS: Readonly<Record<OutboxView, readonly OutboxState[]>> = {
  outbox: ['queued', 'claimed', 'submitting', 'held', 'failed', 'uncertain'],
  waiting: ['queued', 'claimed', 'submitting'],
  held: ['held'],
  failed: ['failed'],
  uncertain: ['uncertain'],
  sent: ['sent'],
  undelivered: [],
  stopped: ['stopped'],
};

/** The part of an outbox that a page uses, in memory. */
export class FakeOutbox implements OutboxStore {
  private readonly changed = new Emitter<undefined>();
  readonly onDidChange = this.changed.event as OutboxStore['onDidChange'];
  readonly recover = notOfThePage;
  readonly claim = notOfThePage;
  readonly submitting = notOfThePage;
  readonly settle = notOfThePage;
  readonly uncertain = notOfThePage;
  readonly sentSince = notOfThePage;
  readonly report = notOfThePage;
  readonly counts = notOfThePage;
  isOff = false;

  constructor(public emails: OutboxEmail[]) {}

  enqueue(email: NewEmail): ReturnType<OutboxStore['enqueue']> {
    if (this.isOff) return Promise.resolve({ kind: 'off' });
    const id = 1000 + this.emails.length;
    const recipients = email.to.map(({ address }) => ({ address, outcome: 'pending' as const }));
    const row: OutboxEmail = {
      id,
      account: 'a',
      state: 'queued',
      queuedAt: MORNING,
      queuedBy: 'Front desk',
      subject: email.subject,
      recipients,
      attachmentNames: email.attachments.map(({ name }) => name),
      attempts: 0,
      email,
    };
    this.emails = [row, ...this.emails];
    this.changed.fire(undefined);
    return Promise.resolve({ kind: 'queued', id });
  }

  failing: readonly FailingAddress[] = [];

  findReported(report: DeliveryReport): Promise<number | undefined> {
    return Promise.resolve(this.emails.find(({ messageId }) => report.messageIds.includes(messageId ?? ''))?.id);
  }

  failingAddresses(addresses: readonly string[]): Promise<readonly FailingAddress[]> {
    return Promise.resolve(this.failing.filter(({ address }) => addresses.includes(address)));
  }

  trustAddress(trusted: string): Promise<void> {
    this.failing = this.failing.filter(({ address }) => address !== trusted);
    return Promise.resolve();
  }

  markSeen(ids: readonly number[]): Promise<void> {
    this.emails = this.emails.map(({ isNews, ...email }) => ({
      ...email,
      ...(isNews && !ids.includes(email.id) && { isNews }),
    }));
    return Promise.resolve();
  }

  release(ids: readonly number[]): Promise<void> {
    return this.enter(ids, ['held'], 'queued');
  }

  reset(ids: readonly number[]): Promise<void> {
    return this.enter(ids, ['failed'], 'queued');
  }

  decide(id: number, decision: 'arrived' | 'send-again'): Promise<void> {
    return this.enter([id], ['uncertain'], decision === 'arrived' ? 'sent' : 'queued');
  }

  stop(ids: readonly number[]): Promise<void> {
    return this.enter(ids, ['queued', 'held'], 'stopped');
  }

  list({ view, offset, limit }: Parameters<OutboxStore['list']>[0]) {
    const rows = this.emails.filter(({ state }) => VIEWS[view].includes(state));
    return Promise.resolve({ rows: rows.slice(offset, offset + limit), total: rows.length });
  }

  read(id: number): Promise<OutboxEmail | undefined> {
    return Promise.resolve(this.emails.find((email) => email.id === id));
  }

  reasons() {
    const reasons = this.emails.flatMap(({ state, failure }) => (failure ? [{ state, failure, emails: 1 }] : []));
    return Promise.resolve(reasons);
  }

  private enter(ids: readonly number[], from: readonly OutboxState[], state: OutboxState): Promise<void> {
    this.emails = this.emails.map((email) => {
      if (!ids.includes(email.id) || !from.includes(email.state)) return email;
      const { failure: _failure, ...rest } = email;
      return { ...rest, state };
    });
    this.changed.fire(undefined);
    return Promise.resolve();
  }
}
