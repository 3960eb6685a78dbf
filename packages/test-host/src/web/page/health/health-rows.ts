import type { HealthReport } from '@exact/host-contracts';
import type { EmailService } from '../../api/host-types.js';
import { formatCount, formatTime } from '../common/format.js';

type Row = readonly [name: string, value: string | undefined];

/** The outcomes of receiving and sending as names with values. What is not known is left out. */
export function healthRows({ state, address, reports }: EmailService): readonly (readonly [string, string])[] {
  const receive = reports.find(({ part }) => part === 'receive');
  const send = reports.find(({ part }) => part === 'send');
  // What stands in a card or beside the bar of a download already is not said again.
  const activities = reports.flatMap(({ activity, failure, download }) =>
    activity === undefined || activity === failure?.sentence || download ? [] : [activity],
  );
  const throttledUntil = Math.max(...reports.map((report) => report.throttledUntil ?? 0));
  const all: readonly Row[] = [
    ['Address', address],
    [
      state === 'sign-in required' ? 'Was signed in as' : 'Signed in as',
      reports.find(({ signedInAs }) => signedInAs !== undefined)?.signedInAs,
    ],
    ['Last received', time(receive?.lastAt)],
    ['Last sent', time(send?.lastAt)],
    ['Now', activities.length > 0 ? activities.join(' · ') : undefined],
    ...outgoing(send),
    ['Could not be received yet', emails(receive?.setAside)],
    ['Asked by Microsoft to wait until', throttledUntil > 0 ? formatTime(throttledUntil) : undefined],
  ];
  return all.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}

function outgoing(send: HealthReport | undefined): readonly Row[] {
  return [
    ['Waiting to be sent', emails(send?.waiting)],
    ['Held', emails(send?.held)],
    ['Failed', emails(send?.failed)],
    ['Unclear whether they arrived', emails(send?.uncertain)],
  ];
}

function time(at: number | undefined): string {
  return at === undefined ? 'not yet' : formatTime(at);
}

function emails(count: number | undefined): string | undefined {
  return count === undefined ? undefined : formatCount(count, 'email', 'emails');
}
