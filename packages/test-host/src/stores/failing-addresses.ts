import type { Failure, FailingAddress } from '@exact/host-contracts';
import { json, number } from './columns.js';
import { normal } from './patient-table.js';
import type { Session } from './session.js';
import type { Database } from './sqlite.adapter.js';

const MOST_ADDRESSES = 500;

/** Addresses to which email does not arrive. Writes run inside the caller's transaction. */
export class FailingAddresses {
  constructor(
    private readonly database: Database,
    private readonly session: Session,
  ) {}

  /** Mail arrives at every address, as far as is known. */
  get isEmpty(): boolean {
    return this.database.find('SELECT 1 FROM failing_addresses LIMIT 1') === undefined;
  }

  /** Unless mail from it arrived later than the report. */
  add(address: string, failure: Failure, at: number): void {
    if (this.#hasWrittenSince(address, at)) return;
    this.database.run(
      `INSERT INTO failing_addresses VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET failure = excluded.failure, at = excluded.at WHERE excluded.at > at`,
      normal(address),
      JSON.stringify(failure),
      at,
    );
    this.#changed();
  }

  /** Something arrived there, or mail came from it, at that time. */
  works(address: string, at: number): void {
    const sql = 'DELETE FROM failing_addresses WHERE address = ? AND at < ?';
    if (this.database.run(sql, normal(address), at).changes > 0) this.#changed();
  }

  trust(address: string): void {
    this.works(address, Number.MAX_SAFE_INTEGER);
  }

  find(addresses: readonly string[]): readonly FailingAddress[] {
    if (addresses.length > MOST_ADDRESSES) throw new RangeError(`${MOST_ADDRESSES} addresses at most`);
    return addresses.flatMap((address) => {
      const row = this.database.find('SELECT failure, at FROM failing_addresses WHERE address = ?', normal(address));
      return row ? [{ address, failure: json(row, 'failure') as Failure, at: number(row, 'at') }] : [];
    });
  }

  /** Looks through what arrived later only, which is little: a report is read soon after it came. */
  #hasWrittenSince(address: string, at: number): boolean {
    const sql = `SELECT 1 FROM messages WHERE folder = ? AND arrived_at > ? AND sender = ?
      AND json_extract(summary, '$.automatic') IS NOT 'delivery-report'`;
    return ['inbox', 'deleted'].some((folder) => this.database.find(sql, folder, at, normal(address)) !== undefined);
  }

  #changed(): void {
    this.session.changed({ topic: 'outbox', value: undefined });
  }
}
