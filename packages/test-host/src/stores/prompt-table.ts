import type { Prompt, Prompts } from '@exact/host-contracts';
import { json, text } from './columns.js';
import type { Session, Synchronous } from './session.js';
import type { Database } from './sqlite.adapter.js';

/** The contract, and what only the host asks. */
export interface PromptStore extends Prompts {
  /** Those that stand before the user, oldest first. */
  pending(): Promise<readonly Prompt[]>;
  /** Takes the prompt away until the host's next start. */
  postpone(id: string): Promise<void>;
}

export class PromptTable implements Synchronous<PromptStore> {
  constructor(
    private readonly database: Database,
    private readonly session: Session,
  ) {}

  raise(prompt: Prompt): void {
    this.put(prompt);
  }

  withdraw(id: string): void {
    const { changes } = this.database.run('DELETE FROM prompts WHERE id = ?', id);
    if (changes > 0) this.#changed();
  }

  pending(): readonly Prompt[] {
    const rows = this.database.all('SELECT prompt FROM prompts WHERE postponed = 0 ORDER BY raised_at, id');
    return rows.map((row) => json(row, 'prompt') as Prompt);
  }

  postpone(id: string): void {
    this.database.run('UPDATE prompts SET postponed = 1 WHERE id = ?', id);
    this.#changed();
  }

  /** The host has started: what was put off stands there again. */
  wakePostponed(): void {
    this.database.run('UPDATE prompts SET postponed = 0');
  }

  /** Inside the caller's transaction. The same prompt again, put off by a person, stays put off: it says nothing new. */
  put(prompt: Prompt): void {
    const stored = JSON.stringify(prompt);
    const before = this.database.find('SELECT prompt FROM prompts WHERE id = ?', prompt.id);
    if (before && text(before, 'prompt') === stored) return;
    this.database.run('INSERT OR REPLACE INTO prompts VALUES (?, ?, ?, 0)', prompt.id, stored, this.session.now);
    this.#changed();
  }

  #changed(): void {
    this.session.changed({ topic: 'prompts', value: undefined });
  }
}
