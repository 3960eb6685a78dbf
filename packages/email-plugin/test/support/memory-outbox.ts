import type {
  Failure,
  FencedOutcome,
  NewEmail,
  OutboxCounts,
  OutboxEmail,
  OutboxState,
  OutboxStore,
  OutgoingMessage,
  RecipientOutcome,
  SubmissionOutcome,
} from '@exact/host-contracts';

const DONE: FencedOutcome = { kind: 'done' };
const STALE: FencedOutcome = { kind: 'refused', reason: 'stale-fence' };

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
type Row = Mutable<OutboxEmail> & { acceptedAt: Map<string, number> };

/** The Outbox in memory, with the promises of its contract as far as a send run uses them. */
export class MemoryOutbox implements OutboxStore {
  /** Writes under a lower fence are refused. */
  fence = 1;
  readonly rows: Row[] = [];
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly account: string,
    private readonly now: () => number,
  ) {}

  readonly onDidChange = (listener: () => void) => {
    this.listeners.add(listener);
    return { dispose: () => void this.listeners.delete(listener) };
  };

  /** The states of all emails, in their order. */
  get states(): readonly OutboxState[] {
    return this.rows.map(({ state }) => state);
  }

  /** Resolves once the condition holds. */
  async until(condition: () => boolean): Promise<void> {
    if (condition()) return;
    await new Promise<void>((resolve) => {
      const subscription = this.onDidChange(() => {
        if (!condition()) return;
        subscription.dispose();
        resolve();
      });
    });
  }

  /** `raw`: its bytes are fixed already. */
  enqueue(email: NewEmail, raw?: Uint8Array) {
    const id = this.rows.length + 1;
    const addresses = [...email.to, ...(email.cc ?? []), ...(email.bcc ?? [])].map(({ address }) => address);
    this.rows.push({
      id,
      account: this.account,
      state: 'queued',
      queuedAt: this.now(),
      queuedBy: 'Front desk',
      subject: email.subject,
      recipients: addresses.map((address) => ({ address, outcome: 'pending' })),
      attachmentNames: [],
      attempts: 0,
      email,
      acceptedAt: new Map(),
      ...(email.notBefore !== undefined && { notBefore: email.notBefore }),
      ...(raw && { raw, messageId: `<${id}@practice.example>` }),
    });
    this.changed();
    return Promise.resolve({ kind: 'queued', id } as const);
  }

  recover({ fence, heldBefore, heldFailure, uncertainFailure }: Parameters<OutboxStore['recover']>[0]) {
    return this.fenced(fence, () => {
      for (const row of this.rows) {
        if (row.state === 'claimed') row.state = 'queued';
        if (row.state === 'submitting') move(row, 'uncertain', uncertainFailure);
        if (row.state === 'queued' && row.queuedAt < heldBefore) move(row, 'held', heldFailure);
      }
    });
  }

  claim({ fence, now }: Parameters<OutboxStore['claim']>[0]) {
    const due = this.rows.filter(({ state, notBefore }) => state === 'queued' && (notBefore ?? 0) <= now);
    const [row] = due.sort((a, b) => (a.notBefore ?? a.queuedAt) - (b.notBefore ?? b.queuedAt));
    if (!row || fence < this.fence) return Promise.resolve(undefined);
    row.state = 'claimed';
    this.changed();
    return Promise.resolve({ ...row });
  }

  submitting(id: number, fence: number, message: OutgoingMessage) {
    const row = this.row(id);
    if (row.state !== 'claimed') return Promise.reject(new Error(`email ${id} is ${row.state}`));
    if (row.raw && !Buffer.from(row.raw).equals(message.raw))
      return Promise.reject(new Error(`email ${id} is another`));
    return this.fenced(fence, () => Object.assign(row, message, { state: 'submitting', attempts: row.attempts + 1 }));
  }

  settle(id: number, fence: number, outcome: SubmissionOutcome) {
    const row = this.row(id);
    if (!['claimed', 'submitting', 'uncertain'].includes(row.state)) {
      return Promise.reject(new Error(`email ${id} is ${row.state}`));
    }
    return this.fenced(fence, () => {
      if (outcome.kind === 'settled') settleRow(row, outcome.recipients, outcome.at);
      else if (outcome.kind === 'again') Object.assign(row, { state: 'queued', notBefore: outcome.notBefore });
      else row.state = outcome.kind;
      if (outcome.kind === 'uncertain') row.recipients = merge(row.recipients, outcome.recipients);
      if (outcome.failure) row.failure = outcome.failure;
    });
  }

  uncertain() {
    return Promise.resolve(this.rows.filter(({ state }) => state === 'uncertain').map((row) => ({ ...row })));
  }

  sentSince(_account: string, since: number) {
    const accepted = this.rows.map((row) => [...row.acceptedAt.values()].filter((at) => at >= since));
    const times = accepted.flatMap((each) => each.slice(0, 1));
    return Promise.resolve({ recipients: accepted.flat().length, times });
  }

  counts(): Promise<OutboxCounts> {
    const count = (...states: readonly OutboxState[]) => this.rows.filter(({ state }) => states.includes(state)).length;
    const due = this.rows.flatMap(({ state, notBefore, queuedAt }) =>
      state === 'queued' ? [notBefore ?? queuedAt] : [],
    );
    const sent = this.rows.flatMap(({ sentAt }) => sentAt ?? []);
    return Promise.resolve({
      waiting: count('queued', 'claimed', 'submitting'),
      held: count('held'),
      failed: count('failed'),
      uncertain: count('uncertain'),
      undelivered: 0,
      ...(sent.length > 0 && { lastSentAt: Math.max(...sent) }),
      ...(due.length > 0 && { nextAt: Math.min(...due) }),
    });
  }

  reset(ids: readonly number[]) {
    for (const row of ids.map((id) => this.row(id)).filter(({ state }) => state === 'failed')) {
      row.state = 'queued';
      row.recipients = row.recipients.map(({ address, outcome }) => ({
        address,
        outcome: outcome === 'accepted' ? outcome : 'pending',
      }));
    }
    this.changed();
    return Promise.resolve();
  }

  decide(id: number, decision: 'arrived' | 'send-again') {
    this.row(id).state = decision === 'arrived' ? 'sent' : 'queued';
    this.changed();
    return Promise.resolve();
  }

  read(id: number) {
    return Promise.resolve(this.rows.find((row) => row.id === id));
  }

  list = notUsed;
  report = notUsed;
  findReported = notUsed;
  failingAddresses = notUsed;
  trustAddress = notUsed;
  markSeen = notUsed;
  reasons = notUsed;
  release = notUsed;
  stop = notUsed;

  private row(id: number): Row {
    const row = this.rows.find((each) => each.id === id);
    if (!row) throw new Error(`there is no email ${id}`);
    return row;
  }

  private fenced(fence: number, write: () => unknown): Promise<FencedOutcome> {
    if (fence < this.fence) return Promise.resolve(STALE);
    write();
    this.changed();
    return Promise.resolve(DONE);
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}

function move(row: Row, state: OutboxState, failure: Failure): void {
  Object.assign(row, { state, failure });
}

function settleRow(row: Row, outcomes: readonly RecipientOutcome[], at: number): void {
  const before = row.recipients;
  row.recipients = merge(before, outcomes);
  for (const [index, { address, outcome }] of row.recipients.entries()) {
    if (outcome === 'accepted' && before[index]?.outcome !== 'accepted') row.acceptedAt.set(address, at);
  }
  const hasFailed = row.recipients.some(({ outcome }) => outcome === 'refused');
  row.state = hasFailed ? 'failed' : 'sent';
  if (!hasFailed) row.sentAt = at;
}

function merge(
  before: readonly RecipientOutcome[],
  outcomes: readonly RecipientOutcome[],
): readonly RecipientOutcome[] {
  return before.map((known) => {
    const news = outcomes.find(({ address }) => address === known.address);
    return news && known.outcome !== 'accepted' ? news : known;
  });
}

function notUsed(): Promise<never> {
  return Promise.reject(new TypeError('a send run does not ask for this'));
}
