import type { OutboxRow, OutboxStore } from '@exact/host-contracts';
import type { TakingProvider } from './taking-provider.js';

/**
 * Each step of a submission at which it can break, in order.
 *
 * The model: an email is `queued`; `claimed` while it is composed and the connection opened; `submitting`, durably, before
 * its first command; then `sent` or `failed` by the server's reply, `queued` again when the connection broke before all of
 * the message was handed over, `uncertain` when it broke later. A start finds `claimed` (→ `queued`: nothing was said yet)
 * or `submitting` (→ `uncertain`: nobody knows). From `uncertain` leads a copy in Sent Items (→ `sent`) or a person.
 */
export const STEPS: readonly string[] = [
  'before the greeting',
  'after the greeting',
  ...around('EHLO'),
  ...around('STARTTLS'),
  ...around('EHLO in TLS'),
  ...around('AUTH'),
  ...around('MAIL'),
  ...around('RCPT'),
  ...around('DATA'),
  'before the message',
  'inside the message',
  'before the final dot',
  'after the final dot',
  'before the reply to the message',
  'after the reply to the message',
];

/** The server may have all of the message, and the client not its reply. */
export const IN_DOUBT: readonly string[] = STEPS.slice(STEPS.indexOf('before the message'));

function around(verb: string): readonly string[] {
  return [`before ${verb}`, `after ${verb}`, `before the reply to ${verb}`, `after the reply to ${verb}`];
}

/**
 * What one interruption leaves uncertain where nothing holds emails apart: so many are stored as begun at most, among them
 * those whose end was not stored yet and those behind the one on the wire.
 */
export const IN_DOUBT_AT_MOST = 4;

/** Outbox and Sent Items, each email once. */
export async function allEmails(outbox: OutboxStore): Promise<readonly OutboxRow[]> {
  const rows: OutboxRow[] = [];
  for (const view of ['outbox', 'sent'] as const) {
    for (let offset = 0; ;) {
      const { rows: found } = await outbox.list({ view, offset, limit: 500 });
      if (found.length === 0) break;
      rows.push(...found);
      offset += found.length;
    }
  }
  return rows;
}

/** Nothing is on its way or waits for its turn. */
export function isSettled({ state }: OutboxRow): boolean {
  return state === 'sent' || state === 'uncertain';
}

/** What the promise "never twice, never lost" is broken by; empty when it holds. */
export function brokenPromises(rows: readonly OutboxRow[], { taken }: TakingProvider): readonly string[] {
  const twice = taken.filter((address, index) => taken.indexOf(address) !== index);
  return [
    ...twice.map((address) => `${address}: twice at the server`),
    ...rows.flatMap((row) => {
      const address = addressOf(row);
      if (row.state === 'sent') return taken.includes(address) ? [] : [`${address}: sent, and not at the server`];
      if (row.state !== 'uncertain') return [`${address}: ${row.state}`];
      return row.failure?.fixedBy === 'user' && row.failure.advice !== ''
        ? []
        : [`${address}: uncertain without a reason`];
    }),
  ];
}

/** One press for each that is uncertain, as a person who asked the recipient would. */
export async function decideUncertain(outbox: OutboxStore, { taken }: TakingProvider): Promise<void> {
  for (const row of await allEmails(outbox)) {
    if (row.state !== 'uncertain') continue;
    await outbox.decide(row.id, taken.includes(addressOf(row)) ? 'arrived' : 'send-again');
  }
}

/** Of an email to one. */
export function addressOf({ recipients }: OutboxRow): string {
  return recipients[0]?.address ?? '';
}
