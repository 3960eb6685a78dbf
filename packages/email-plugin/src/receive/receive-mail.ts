import type {
  Cursor,
  Fence,
  InboxStore,
  Patient,
  PatientDirectory,
  ReceivedMessage,
  ReceiveOutcome,
  SetAside,
} from '@exact/host-contracts';
import { readIncoming, type IncomingMessage } from './incoming-message.js';
import type { FetchedMessage, Mailbox, UnfetchableMessage } from './mailbox.js';
import { isOwnTest } from './test-message.js';

const BATCH_BYTES = 8 * 1024 * 1024;
const BATCH_MESSAGES = 200;
const INBOX = 'INBOX';

/** What a pass over the mailbox works with. */
export interface ReceivePass {
  readonly mailbox: Mailbox;
  readonly inbox: InboxStore;
  readonly patients: PatientDirectory;
  readonly account: string;
  readonly databaseId: string;
  readonly fence: Fence;
  readonly signal: AbortSignal;
  /** Called after each batch with how many messages were handled in this pass. */
  onProgress(handled: number): Promise<void>;
}

/** How a pass ended. */
export type ReceivePassOutcome =
  /** All that lies in the mailbox is in the store; `added` were new. */
  | { readonly kind: 'complete'; readonly added: number }
  /** Somebody else holds the lease or has moved the cursor: this run must end. */
  | { readonly kind: 'stale' };

/** Brings everything behind the cursor from the mailbox into the store, batch by batch, each in one transaction. */
export async function receiveMail(pass: ReceivePass): Promise<ReceivePassOutcome> {
  const { mailbox, inbox, account } = pass;
  const stored = await inbox.cursor(account, INBOX);
  const retried = await retrySetAside(pass, stored);
  if (retried.kind === 'stale') return retried;
  const isSameMailbox = stored?.uidValidity === mailbox.uidValidity;
  const lastUid = isSameMailbox ? stored.lastUid : 0;
  const start: Cursor = { account, mailbox: INBOX, uidValidity: mailbox.uidValidity, lastUid };
  if (isSameMailbox && mailbox.uidNext <= lastUid + 1 && !mailbox.hasNews) return retried;
  const writer = new BatchWriter(pass, stored, start);
  const outcome = await writer.takeAll(mailbox.fetch(lastUid));
  return outcome.kind === 'complete' ? { kind: 'complete', added: outcome.added + retried.added } : outcome;
}

/** Messages that the server did not deliver before are asked for again; the cursor stays. */
async function retrySetAside(pass: ReceivePass, stored: Cursor | undefined): Promise<ReceivePassOutcome> {
  const uids = (await pass.inbox.setAside(pass.account, INBOX)).map(({ uid }) => uid);
  if (uids.length === 0 || stored?.uidValidity !== pass.mailbox.uidValidity) return { kind: 'complete', added: 0 };
  return new BatchWriter(pass, stored, stored).takeAll(pass.mailbox.refetch(uids));
}

/** Collects messages and writes them together with the cursor that they lead to. */
class BatchWriter {
  private messages: IncomingMessage[] = [];
  private setAside: SetAside[] = [];
  private weight = 0;
  private handled = 0;
  private added = 0;
  private reached: number;

  constructor(
    private readonly pass: ReceivePass,
    private expected: Cursor | undefined,
    private readonly start: Cursor,
  ) {
    this.reached = start.lastUid;
  }

  async takeAll(messages: AsyncIterable<FetchedMessage | UnfetchableMessage>): Promise<ReceivePassOutcome> {
    for await (const message of messages) {
      this.pass.signal.throwIfAborted();
      await this.take(message);
      if (this.isFull() && (await this.write()) === 'stale') return { kind: 'stale' };
    }
    if ((await this.write()) === 'stale') return { kind: 'stale' };
    return { kind: 'complete', added: this.added };
  }

  private async take(message: FetchedMessage | UnfetchableMessage): Promise<void> {
    this.reached = Math.max(this.reached, message.uid);
    this.handled += 1;
    if ('failure' in message) {
      this.setAside.push(message);
      return;
    }
    const { pass } = this;
    const stageName = `${pass.account} ${String(this.start.uidValidity)} ${String(message.uid)} ${String(pass.fence)}`;
    const stage = async (name: string, piece: Uint8Array) => {
      await pass.inbox.stage(name, piece, pass.fence);
    };
    const incoming = await readIncoming(message, stage, stageName);
    if (isOwnTest(pass.databaseId, incoming)) return;
    this.messages.push(incoming);
    this.weight += incoming.weight;
  }

  private isFull(): boolean {
    return this.weight >= BATCH_BYTES || this.messages.length + this.setAside.length >= BATCH_MESSAGES;
  }

  private async write(): Promise<'written' | 'stale'> {
    const { pass, expected } = this;
    const next: Cursor = { ...this.start, lastUid: this.reached };
    const isNothing = this.messages.length === 0 && this.setAside.length === 0;
    if (isNothing && expected?.lastUid === next.lastUid && expected.uidValidity === next.uidValidity) return 'written';
    const { account, fence } = pass;
    const messages = await this.withPatients();
    const outcome = await pass.inbox.receive({
      account,
      fence,
      mailbox: INBOX,
      expected,
      next,
      messages,
      setAside: this.setAside,
    });
    if (outcome.kind === 'refused') return 'stale';
    this.begin(next, outcome);
    await pass.onProgress(this.handled);
    return 'written';
  }

  private begin(next: Cursor, { added }: Extract<ReceiveOutcome, { kind: 'stored' }>): void {
    this.expected = next;
    this.added += added;
    this.messages = [];
    this.setAside = [];
    this.weight = 0;
  }

  private async withPatients(): Promise<readonly ReceivedMessage[]> {
    const senders = this.messages.map(({ index }) => index.from?.address ?? '');
    const known = senders.length === 0 ? [] : await this.pass.patients.findByAddresses(senders);
    return this.messages.map(({ uid, identity, arrivedAt, raw, index }, position) => {
      const patients: readonly Patient[] = known[position] ?? [];
      return { uid, identity, arrivedAt, raw, index, patients };
    });
  }
}
