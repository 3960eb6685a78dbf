import type { Fence, HealthReport, ServiceHealth } from '@exact/host-contracts';
import { json } from './columns.js';
import type { LeaseTable } from './lease-table.js';
import type { Session, Synchronous } from './session.js';
import type { Database } from './sqlite.adapter.js';

export class HealthTable implements Synchronous<ServiceHealth> {
  constructor(
    private readonly database: Database,
    private readonly session: Session,
    private readonly leases: LeaseTable,
  ) {}

  report(report: HealthReport, fence: Fence): void {
    this.leases.fenced(fence, () => {
      const lastAt = report.lastAt ?? this.#find(report.part)?.lastAt;
      const stored = JSON.stringify(lastAt === undefined ? report : { ...report, lastAt });
      this.database.run('INSERT OR REPLACE INTO health VALUES (?, ?)', report.part, stored);
      this.session.changed({ topic: 'health', value: undefined });
    });
  }

  read(): readonly HealthReport[] {
    const rows = this.database.all('SELECT report FROM health ORDER BY part');
    return rows.map((row) => json(row, 'report') as HealthReport);
  }

  #find(part: HealthReport['part']): HealthReport | undefined {
    return this.read().find((report) => report.part === part);
  }
}
