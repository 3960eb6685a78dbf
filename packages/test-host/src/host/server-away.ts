import type { HealthReport } from '@exact/host-contracts';
import type { EmailService } from './host.js';
import { hostFailures } from './host-failures.js';

/** What the service did before is still told; that nothing runs now stands in front of it. */
export function withoutServer(address: string | undefined, before: readonly HealthReport[]): EmailService {
  const failure = hostFailures.noServer;
  const state = 'needs attention';
  const stopped = (part: HealthReport['part'], activity: string): HealthReport => {
    return { ...before.find((report) => report.part === part), part, state, failure, activity };
  };
  // In the status bar it is said once.
  const reports = [stopped('receive', failure.sentence), stopped('send', '')];
  return { state, reports, address, setAside: [] };
}
