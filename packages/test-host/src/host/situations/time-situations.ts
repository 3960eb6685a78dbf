import type { Microsoft365 } from '../../microsoft365/microsoft365.js';
import type { MovableClock } from '../movable-clock.js';
import type { Situation } from './situation.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** What comes when time goes by. */
export function timeSituations(own: Microsoft365, clock: MovableClock): readonly Situation[] {
  return [
    {
      id: 'minutes-over',
      group: 'Time',
      label: 'Five minutes go by (a sign-in that nobody finishes ends)',
      kind: 'event',
      happen: () => {
        clock.putForward(5 * MINUTE_MS);
      },
    },
    {
      id: 'hour-over',
      group: 'Time',
      label: 'An hour goes by: Microsoft ends the connections (AccessTokenExpired)',
      kind: 'event',
      happen: async () => {
        clock.putForward(HOUR_MS);
        await own.imap.endExpiredSessions();
      },
    },
    timeOff(own, clock, 2, 'Two days go by (what waits is held at the next start of the service)'),
    timeOff(own, clock, 84, '84 days go by (a sign-in that is not renewed runs out in six days)'),
  ];
}

/** As a computer that was off meanwhile: its connections are gone. */
function timeOff({ imap, smtp }: Microsoft365, clock: MovableClock, days: number, label: string): Situation {
  return {
    id: `days-go-by-${days}`,
    group: 'Time',
    label,
    kind: 'event',
    happen: () => {
      clock.putForward(days * DAY_MS);
      imap.breakConnections();
      smtp.breakConnections();
    },
  };
}
