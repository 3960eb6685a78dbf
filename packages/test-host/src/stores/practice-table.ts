import type { Practice, PracticeInformation } from '@exact/host-contracts';
import type { AuditTable } from './audit-table.js';
import { number, text } from './columns.js';
import type { Session, Synchronous } from './session.js';
import type { Database } from './sqlite.adapter.js';

/** The contract, and what only the host's panel does. */
export interface PracticeStore extends PracticeInformation {
  setCampaignPlus(on: boolean): Promise<void>;
}

export class PracticeTable implements Synchronous<PracticeStore> {
  constructor(
    private readonly database: Database,
    private readonly session: Session,
    private readonly audit: AuditTable,
  ) {}

  read(): Practice {
    const row = this.database.find('SELECT * FROM practice');
    if (!row) throw new Error('The practice table is empty');
    return {
      name: text(row, 'name'),
      emailAddress: text(row, 'email_address'),
      campaignPlus: number(row, 'campaign_plus') === 1,
    };
  }

  updateEmailAddress(address: string): void {
    const title = 'Email address in the practice information';
    this.#change({ emailAddress: address }, ({ emailAddress }) => {
      this.audit.record({ subject: 'practice.email-address', title, before: emailAddress, after: address });
    });
  }

  setCampaignPlus(on: boolean): void {
    this.#change({ campaignPlus: on });
  }

  /** A new database's practice; one that is there stays as it is. */
  seed({ name, emailAddress, campaignPlus }: Practice): void {
    const values = [name, emailAddress, campaignPlus ? 1 : 0];
    this.database.run('INSERT OR IGNORE INTO practice VALUES (1, ?, ?, ?)', ...values);
  }

  /** @param record called with what was there before, when it is something else */
  #change(change: Partial<Practice>, record: (before: Practice) => void = () => undefined): void {
    this.database.transaction(() => {
      const before = this.read();
      const after = { ...before, ...change };
      if (before.emailAddress === after.emailAddress && before.campaignPlus === after.campaignPlus) return;
      const sql = 'UPDATE practice SET email_address = ?, campaign_plus = ?';
      this.database.run(sql, after.emailAddress, after.campaignPlus ? 1 : 0);
      record(before);
      this.session.changed({ topic: 'practice', value: after });
    });
  }
}
