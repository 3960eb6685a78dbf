const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A moment on the practice's clock. */
export interface LocalTime {
  /** Days since 1970-01-01 on the practice's calendar. */
  readonly day: number;
  /** ISO 8601: 1 = Monday … 7 = Sunday. */
  readonly weekday: number;
  /** Minutes since midnight on the clock, 0 … 1439. */
  readonly minutes: number;
}

/** The practice's calendar and clock over an IANA time zone, daylight saving included. */
export class PracticeTime {
  private readonly format: Intl.DateTimeFormat;

  /** Throws a `RangeError` for a time zone that does not exist. */
  constructor(timeZone: string) {
    this.format = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  }

  /** What the clock shows at an instant (epoch ms). */
  at(instant: number): LocalTime {
    const shown = instant + this.offset(instant);
    const day = Math.floor(shown / DAY);
    // 1970-01-01 was a Thursday.
    return { day, weekday: ((day + 3) % 7) + 1, minutes: Math.floor((shown - day * DAY) / MINUTE) };
  }

  /**
   * Every instant at which the clock shows that time of that day: one as a rule, two in a repeated hour, none in an hour
   * that is left out. Ascending.
   */
  instantsOf(day: number, minutes: number): readonly number[] {
    const shown = day * DAY + minutes * MINUTE;
    const candidates = this.offsetsAround(day).map((offset) => shown - offset);
    return [...new Set(candidates)].filter((instant) => instant + this.offset(instant) === shown).sort(ascending);
  }

  /** The instant at which the clock is moved during that day; `undefined` on a common day. */
  changeDuring(day: number): number | undefined {
    let [before, after] = this.bounds(day);
    const first = this.offset(before);
    if (first === this.offset(after)) return undefined;
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2);
      if (this.offset(middle) === first) before = middle;
      else after = middle;
    }
    return after;
  }

  private offsetsAround(day: number): readonly number[] {
    return this.bounds(day).map((instant) => this.offset(instant));
  }

  /** Instants safely before and behind that day in every zone that has it. */
  private bounds(day: number): [number, number] {
    const noon = day * DAY + DAY / 2;
    const offset = this.offset(noon);
    return [day * DAY - offset - 3 * 60 * MINUTE, (day + 1) * DAY - offset + 3 * 60 * MINUTE];
  }

  /** Local clock minus UTC, milliseconds. */
  private offset(instant: number): number {
    const whole = Math.floor(instant / 1000) * 1000;
    const parts = new Map(this.format.formatToParts(whole).map(({ type, value }) => [type, Number(value)]));
    const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
    const shown = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
    return shown - whole;
  }
}

export function ascending(a: number, b: number): number {
  return a - b;
}
