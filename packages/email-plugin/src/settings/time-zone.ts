/** A stretch of time in which the offset from UTC stays the same. */
export interface OffsetSpan {
  /** Epoch ms, inclusive. */
  readonly from: number;
  /** Epoch ms, exclusive. */
  readonly to: number;
  /** Local time minus UTC, milliseconds. */
  readonly offset: number;
}

/** No time zone has changed its offset twice within it. */
const STEP_MS = 6 * 3_600_000;

/** The offsets of an IANA time zone from `from` to `to` (epoch ms), in order and without gaps, changes to the millisecond. */
export function offsetSpans(timeZone: string, from: number, to: number): readonly OffsetSpan[] {
  const offsetAt = offsetsOf(timeZone);
  const spans: OffsetSpan[] = [];
  let start = from;
  let offset = offsetAt(from);
  for (let at = from; at < to; at += STEP_MS) {
    const next = Math.min(at + STEP_MS, to);
    const then = offsetAt(next);
    if (then === offset) continue;
    const change = firstWhere(at, next, (instant) => offsetAt(instant) === then);
    spans.push({ from: start, to: change, offset });
    start = change;
    offset = then;
  }
  return [...spans, { from: start, to, offset }];
}

/** The first instant after `before` at which `isThen` holds, given that it holds at `after` and from its first time on. */
function firstWhere(before: number, after: number, isThen: (instant: number) => boolean): number {
  let low = before;
  let high = after;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isThen(middle)) high = middle;
    else low = middle;
  }
  return high;
}

function offsetsOf(timeZone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (instant) => {
    const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
    const [year, month, day, hour, minute, second] = (
      ['year', 'month', 'day', 'hour', 'minute', 'second'] as const
    ).map((type) => parts.get(type) ?? 0) as [number, number, number, number, number, number];
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
  };
}
