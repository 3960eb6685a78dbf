import type {
  AccountKey,
  Failure,
  InboxStore,
  JsonObject,
  OutboxRow,
  OutboxStore,
  SupportSection,
} from '@exact/host-contracts';
import { asTime, failureData } from './failure-data.js';

/** As many rows of the Outbox as one question gives. */
const ROWS = 500;

/** How much waits, is held, failed or is unclear, and why: never what, and never to whom. */
export async function outboxSection(
  outbox: Pick<OutboxStore, 'counts' | 'list'>,
  account: AccountKey,
): Promise<SupportSection> {
  const [{ lastSentAt, nextAt, ...counts }, { rows, total }] = await Promise.all([
    outbox.counts(account),
    outbox.list({ view: 'outbox', offset: 0, limit: ROWS }),
  ]);
  const times = { 'last sent': asTime(lastSentAt), 'next may leave': asTime(nextAt) };
  return { title: 'Outbox', data: { ...counts, ...times, 'in the Outbox': total, why: reasonsOf(rows) } };
}

/** Each reason once, with how many emails and recipients have it. */
function reasonsOf(rows: readonly OutboxRow[]): readonly JsonObject[] {
  const all = rows.flatMap((row) => [
    ...(row.failure ? [{ state: row.state, failure: row.failure, row }] : []),
    ...row.recipients.flatMap(({ failure }) => (failure ? [{ state: 'recipient refused', failure, row }] : [])),
  ]);
  return [...Map.groupBy(all, ({ state, failure }) => `${state} ${failure.code}`).values()].map((same) => {
    const [{ state, failure, row }] = same as [(typeof all)[number]];
    return { state, times: same.length, attempts: row.attempts, ...failureData(failure, wordsOf(row)) };
  });
}

function wordsOf({ subject, patient, attachmentNames, recipients }: OutboxRow): readonly string[] {
  return [subject, patient?.name ?? '', ...attachmentNames, ...recipients.map(({ address }) => address)];
}

/** How far the mailbox is received, and what could not be. */
export async function inboxSection(
  inbox: Pick<InboxStore, 'cursor' | 'setAside'>,
  account: AccountKey,
): Promise<SupportSection> {
  const [cursor, aside] = await Promise.all([inbox.cursor(account, 'INBOX'), inbox.setAside(account, 'INBOX')]);
  const byCode = Map.groupBy(
    aside.map(({ failure }) => failure),
    ({ code }) => code,
  );
  return {
    title: 'Inbox',
    data: {
      cursor: cursor ? { UIDVALIDITY: cursor.uidValidity, 'last UID': cursor.lastUid } : 'none',
      'set aside': aside.length,
      why: [...byCode.values()].map((same) => ({ times: same.length, ...failureData(same[0] as Failure) })),
    },
  };
}
