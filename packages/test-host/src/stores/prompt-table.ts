import type { Prompt, Prompts } from '@exact/host-contracts';
import { json, text } from './columns.js';
import type { Session, Synchronous } from './session.js';
import type { Database } from './sqlite.adapter.js';

/** The contract, and what only the host asks. */
export interface PromptStore extends Prompts {
  /** Those that nobody has answered, oldest first. */
  pending(): Promise<readonly Prompt[]>;
}

export class PromptTable implements Synchronous<PromptStore> {
  constructor(
    private readonly database: Database,
    private readonly session: Session,
  ) {}

  raise(prompt: Prompt): void {
    this.database.transaction(() => {
      this.put(prompt);
    });
  }

  withdraw(id: string): void {
    this.database.transaction(() => {
      const { changes } = this.database.run('DELETE FROM prompts WHERE id = ?', id);
      if (changes > 0) this.#changed();
    });
  }

  pending(): readonly Prompt[] {
    const rows = this.database.all('SELECT prompt FROM prompts ORDER BY raised_at, id');
    return rows.map((row) => json(row, 'prompt') as Prompt);
  }

  /** Inside the caller's transaction. The same prompt again says nothing new. */
  put(prompt: Prompt): void {
    const stored = JSON.stringify(prompt);
    const before = this.database.find('SELECT prompt FROM prompts WHERE id = ?', prompt.id);
    if (before && text(before, 'prompt') === stored) return;
    this.database.run('INSERT OR REPLACE INTO prompts VALUES (?, ?, ?)', prompt.id, stored, this.session.now);
    this.#changed();
  }

  #changed(): void {
    this.session.changed({ topic: 'prompts', value: undefined });
  }
}
