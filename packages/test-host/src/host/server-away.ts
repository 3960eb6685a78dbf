import type { HealthReport } from '@exact/host-contracts';
import type { EmailService } from './host.js';
import { hostFailures } from './host-failures.js';

/** What the service did before is still told; that nothing runs now stands in front of it. */
export function withoutServer(address: string | undefined, before: readonly HealthReport[]): EmailService {
  const failure = hostFailures.noServer;
  const state = 'needs attention';
  const stopped = (part: HealthReport['part']): HealthReport => {
    const { activity: _ended, download: _stands, ...rest } = before.find((report) => report.part === part) ?? {};
    return { ...rest, part, state, failure };
  };
  // For the status bar, which says it once.
  const reports = [{ ...stopped('receive'), activity: failure.sentence }, stopped('send')];
  return { state, reports, address, setAside: [] };
}
