import type { DeliveryNews, DeliveryReport, RecipientReport, ReportedDelivery } from '@exact/host-contracts';
import { number, text } from './columns.js';
import type { FailingAddresses } from './failing-addresses.js';
import { normal } from './patient-table.js';
import type { Session } from './session.js';
import type { Database } from './sqlite.adapter.js';

/** A recipient of one of our emails, and what a report says of it. */
interface Match {
  readonly email: number;
  readonly position: number;
  readonly address: string;
  readonly said: RecipientReport;
}

/** What delivery reports have said of emails. Writes run inside the caller's transaction. */
export class DeliveryReports {
  constructor(
    private readonly database: Database,
    private readonly session: Session,
    private readonly failing: FailingAddresses,
  ) {}

  /** Which email it is about; `undefined` when it is about none, or was noted before. */
  note({ account, identity, arrivedAt, report }: Omit<ReportedDelivery, 'fence'>): number | undefined {
    if (this.database.find('SELECT 1 FROM delivery_reports WHERE identity = ?', identity)) return undefined;
    const matches = this.#match(report, account);
    const [first] = matches;
    if (!first) return undefined;
    this.database.run('INSERT INTO delivery_reports VALUES (?, ?)', identity, first.email);
    for (const match of matches) this.#apply(match, arrivedAt);
    this.#changed();
    return first.email;
  }

  find(report: DeliveryReport): number | undefined {
    return this.#match(report)[0]?.email;
  }

  markSeen(ids: readonly number[]): void {
    for (const id of ids) {
      const { changes } = this.database.run('UPDATE emails SET is_news = 0 WHERE id = ? AND is_news = 1', id);
      if (changes > 0) this.#changed();
    }
  }

  /** It is sent again to whom it did not reach. */
  forget(email: number): void {
    this.database.run(
      `UPDATE email_recipients SET outcome = 'pending', failure = NULL, accepted_at = NULL, news = NULL
       WHERE email = ? AND json_extract(news, '$.result') = 'failed'`,
      email,
    );
    this.database.run('UPDATE emails SET came_back = 0, is_news = 0 WHERE id = ?', email);
  }

  /** The recipients of the first email that has one of the Message-IDs, as far as the report names them. */
  #match({ messageIds, recipients }: DeliveryReport, account?: string): readonly Match[] {
    const said = new Map(recipients.flatMap((each) => each.addresses.map((address) => [normal(address), each])));
    const email = messageIds.map((messageId) => this.#emailOf(messageId, account)).find((id) => id !== undefined);
    if (email === undefined) return [];
    const rows = this.database.all('SELECT position, address FROM email_recipients WHERE email = ?', email);
    return rows.flatMap((row) => {
      const address = text(row, 'address');
      const match = said.get(normal(address));
      return match ? [{ email, position: number(row, 'position'), address, said: match }] : [];
    });
  }

  #emailOf(messageId: string, account: string | undefined): number | undefined {
    const sql = 'SELECT id, account FROM emails WHERE message_id = ?';
    const row = this.database
      .all(sql, messageId)
      .find((each) => account === undefined || text(each, 'account') === account);
    return row && number(row, 'id');
  }

  #apply({ email, position, address, said }: Match, at: number): void {
    switch (said.result) {
      case 'failed':
        this.#keep(email, position, { result: 'failed', failure: said.failure, at });
        this.database.run('UPDATE emails SET came_back = 1, is_news = 1 WHERE id = ?', email);
        if (said.isAddressAtFault) this.failing.add(address, said.failure, at);
        break;
      case 'delayed':
        this.#keep(email, position, { result: 'delayed', failure: said.failure, at });
        break;
      case 'delivered':
        this.#keep(email, position, undefined);
        this.failing.works(address, at);
        break;
    }
  }

  /** What came back stays so until it is sent again. */
  #keep(email: number, position: number, news: DeliveryNews | undefined): void {
    this.database.run(
      `UPDATE email_recipients SET news = ? WHERE email = ? AND position = ?
         AND json_extract(news, '$.result') IS NOT 'failed'`,
      news ? JSON.stringify(news) : null,
      email,
      position,
    );
  }

  #changed(): void {
    this.session.changed({ topic: 'outbox', value: undefined });
  }
}
