import type { Practice, PracticeInformation } from '@exact/host-contracts';
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
    this.#changed(this.database.run('UPDATE practice SET email_address = ?1 WHERE email_address <> ?1', address));
  }

  setCampaignPlus(on: boolean): void {
    this.#changed(this.database.run('UPDATE practice SET campaign_plus = ?1 WHERE campaign_plus <> ?1', on ? 1 : 0));
  }

  /** A new database's practice; one that is there stays as it is. */
  seed({ name, emailAddress, campaignPlus }: Practice): void {
    const values = [name, emailAddress, campaignPlus ? 1 : 0];
    this.database.run('INSERT OR IGNORE INTO practice VALUES (1, ?, ?, ?)', ...values);
  }

  #changed({ changes }: { readonly changes: number }): void {
    if (changes > 0) this.session.changed({ topic: 'practice', value: this.read() });
  }
}
