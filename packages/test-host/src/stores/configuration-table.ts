import type {
  AuditEntry,
  CommitOutcome,
  Configuration,
  ConfigurationCommit,
  Fence,
  FencedOutcome,
  JsonObject,
  MailAccount,
  OtherEmail,
  StoredConfiguration,
} from '@exact/host-contracts';
import type { AuditTable } from './audit-table.js';
import { bytes, json, number, optionalNumber, optionalText, toJson } from './columns.js';
import type { LeaseTable } from './lease-table.js';
import type { PromptTable } from './prompt-table.js';
import type { SecretBox } from './secret-box.js';
import type { Session, Synchronous } from './session.js';
import type { Database } from './sqlite.adapter.js';

/** The contract, and what only the host asks. */
export interface ConfigurationStore extends Configuration {
  /** The account that mail is sent with; `undefined` = email is off. */
  account(): Promise<MailAccount | undefined>;
}

const SECRET_LIMIT = 1024 * 1024;

export class ConfigurationTable implements Synchronous<ConfigurationStore> {
  constructor(
    private readonly database: Database,
    private readonly session: Session,
    private readonly secrets: SecretBox,
    private readonly leases: LeaseTable,
    private readonly prompts: PromptTable,
    private readonly audit: AuditTable,
  ) {}

  read(): StoredConfiguration {
    const row = this.#row();
    const by = optionalText(row, 'changed_by');
    const at = optionalNumber(row, 'changed_at');
    return {
      revision: number(row, 'revision'),
      settings: json(row, 'settings') as JsonObject | undefined,
      other: json(row, 'other') as OtherEmail | undefined,
      changed: by === undefined || at === undefined ? undefined : { by, at },
    };
  }

  account(): MailAccount | undefined {
    return json(this.#row(), 'account') as MailAccount | undefined;
  }

  commit(commit: ConfigurationCommit): CommitOutcome {
    return this.#atRevision(commit.expectedRevision, () => {
      this.database.run(
        'UPDATE configuration SET revision = revision + 1, settings = ?, account = ?, changed_by = ?, changed_at = ?',
        JSON.stringify(commit.settings),
        toJson(commit.account),
        this.session.user,
        this.session.now,
      );
      if (commit.retireOther) this.database.run('UPDATE configuration SET other = NULL');
      for (const [name, secret] of Object.entries(commit.secrets)) this.#replace(name, secret);
      if (commit.resetCounter !== undefined) this.#resetCounter(commit.resetCounter);
      if (commit.prompt) this.prompts.put(commit.prompt);
      for (const entry of commit.audit) this.audit.record(entry);
    });
  }

  readSecret(name: string): string | undefined {
    const row = this.database.find('SELECT sealed FROM secrets WHERE name = ?', name);
    return row && this.secrets.open(name, bytes(row, 'sealed'));
  }

  writeSecret(name: string, value: string, fence: Fence): FencedOutcome {
    return this.leases.fenced(fence, () => {
      this.#replace(name, value);
    });
  }

  replaceSecret(name: string, value: string, expectedRevision: number, audit: readonly AuditEntry[]): CommitOutcome {
    return this.#atRevision(expectedRevision, () => {
      this.#replace(name, value);
      for (const entry of audit) this.audit.record(entry);
    });
  }

  /** What an older host left behind; only before anything was ever committed. */
  seedOther(other: OtherEmail): void {
    this.database.run('UPDATE configuration SET other = ? WHERE revision = 0', JSON.stringify(other));
  }

  /** One transaction at the expected revision, which ends every run that began before it. */
  #atRevision(expected: number, change: () => void): CommitOutcome {
    return this.database.transaction(() => {
      const current = this.read();
      if (current.revision !== expected) return { kind: 'refused', reason: 'stale-revision', current };
      change();
      this.leases.raise();
      const stored = this.read();
      this.session.changed({ topic: 'configuration', value: stored });
      return { kind: 'committed', revision: stored.revision };
    });
  }

  #replace(name: string, secret: string | null): void {
    if (secret === null) {
      this.database.run('DELETE FROM secrets WHERE name = ?', name);
      return;
    }
    if (Buffer.byteLength(secret) > SECRET_LIMIT) throw new RangeError('A secret is 1 MiB at most');
    this.database.run('INSERT OR REPLACE INTO secrets VALUES (?, ?)', name, this.secrets.seal(name, secret));
  }

  #resetCounter(account: string): void {
    this.database.run('DELETE FROM cursors WHERE account = ?', account);
    this.database.run('DELETE FROM set_aside WHERE account = ?', account);
  }

  #row() {
    const row = this.database.find('SELECT * FROM configuration');
    if (!row) throw new Error('The configuration table is empty');
    return row;
  }
}
