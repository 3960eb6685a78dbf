import type { Event, Fence, JobRequest } from '@exact/host-contracts';
import { json } from './columns.js';
import type { LeaseTable } from './lease-table.js';
import type { Session, Synchronous } from './session.js';
import type { Database } from './sqlite.adapter.js';

/** What is asked of the practice's jobs, from whichever workstation, until a run has heard it. */
export interface JobRequests {
  /** Durable when it resolves. The same again, before a run has heard it, is one request. */
  add(job: string, request: JobRequest): Promise<void>;
  /** Hands out what was asked of a job, oldest first, and forgets it. Nothing under a stale fence. */
  take(job: string, fence: Fence): Promise<readonly JobRequest[]>;
  /** Asks that the jobs start anew. Jobs that do not run yet begin anew anyway. */
  restart(): Promise<void>;
  readonly onDidAdd: Event<undefined>;
  readonly onDidAskRestart: Event<undefined>;
}

export class JobRequestTable implements Synchronous<JobRequests> {
  constructor(
    private readonly database: Database,
    private readonly session: Session,
    private readonly leases: LeaseTable,
  ) {}

  add(job: string, request: JobRequest): void {
    this.database.transaction(() => {
      const sql = 'INSERT OR IGNORE INTO job_requests (job, request) VALUES (?, ?)';
      this.database.run(sql, job, JSON.stringify(request));
      this.session.changed({ topic: 'jobRequests', value: undefined });
    });
  }

  take(job: string, fence: Fence): readonly JobRequest[] {
    // Asked before each run: most find nothing, and need no transaction for that.
    if (this.#asked(job).length === 0) return [];
    let taken: readonly JobRequest[] = [];
    this.leases.fenced(fence, () => {
      taken = this.#asked(job);
      this.database.run('DELETE FROM job_requests WHERE job = ?', job);
    });
    return taken;
  }

  restart(): void {
    this.database.transaction(() => {
      this.session.changed({ topic: 'jobRestart', value: undefined });
    });
  }

  #asked(job: string): readonly JobRequest[] {
    const rows = this.database.all('SELECT request FROM job_requests WHERE job = ? ORDER BY id', job);
    return rows.map((row) => json(row, 'request') as JobRequest);
  }
}
