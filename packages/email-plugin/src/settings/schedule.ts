import type { ScheduleSettings } from './settings.js';
import { offsetSpans, type OffsetSpan } from './time-zone.js';

/** Whether the mailbox is checked at a time; all times are epoch ms. */
export type CheckingWindow =
  /** `until` is the end of the open time, or a week ahead when it lasts longer. */
  | { readonly open: true; readonly until: number }
  /** `undefined`: the mailbox is never checked by itself. */
  | { readonly open: false; readonly opensAt: number | undefined };

/** From `from` to `to` without it. Epoch ms, or milliseconds of the practice's clock since 1970-01-01 00:00. */
interface Span {
  readonly from: number;
  readonly to: number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** A time that a change of the clock leaves out is there again a week later. */
const LOOK_AHEAD_MS = 15 * DAY_MS;
const LONGEST_OPEN_MS = 7 * DAY_MS;

/**
 * Where `now` lies in the checking times. A minute belongs to them when the practice's clock shows it: a repeated hour
 * counts twice, a left-out one not at all.
 *
 * @param now epoch ms
 * @param timeZone IANA name
 */
export function checkingWindow(schedule: ScheduleSettings, now: number, timeZone: string): CheckingWindow {
  const offsets = offsetSpans(timeZone, now - DAY_MS, now + LOOK_AHEAD_MS);
  const open = merge(
    wallDays(offsets).flatMap((day) =>
      schedule.checkingTimes
        .filter(({ weekday }) => weekday === weekdayOf(day))
        .flatMap(({ from, to }) =>
          instantsOf({ from: day + millisecondsOf(from), to: day + millisecondsOf(to) }, offsets),
        ),
    ),
  );
  const present = open.find(({ from, to }) => from <= now && now < to);
  if (present) return { open: true, until: Math.min(present.to, now + LONGEST_OPEN_MS) };
  return { open: false, opensAt: open.find(({ from }) => from > now)?.from };
}

/**
 * The next time at which all is to be sent and received, later than `now`; `undefined` when there are no preset times. A time
 * that a change of the clock leaves out comes when the clock jumps, a repeated one comes once.
 *
 * @param now epoch ms
 * @param timeZone IANA name
 */
export function nextPresetTime(schedule: ScheduleSettings, now: number, timeZone: string): number | undefined {
  const offsets = offsetSpans(timeZone, now - 2 * DAY_MS, now + 3 * DAY_MS);
  const times = wallDays(offsets).flatMap((day) =>
    schedule.presetTimes.flatMap((time) => firstInstantOf(day + millisecondsOf(time), offsets) ?? []),
  );
  const later = times.filter((time) => time > now);
  return later.length > 0 ? Math.min(...later) : undefined;
}

/** Midnights of the practice's clock, from the first day to the last, milliseconds of that clock. */
function wallDays(offsets: readonly OffsetSpan[]): readonly number[] {
  const wall = offsets.map(({ from, to, offset }) => ({ from: from + offset, to: to + offset }));
  const first = Math.floor(Math.min(...wall.map(({ from }) => from)) / DAY_MS);
  const last = Math.floor(Math.max(...wall.map(({ to }) => to)) / DAY_MS);
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * DAY_MS);
}

/** 1 = Monday … 7 = Sunday. */
function weekdayOf(wallDay: number): number {
  return new Date(wallDay).getUTCDay() || 7;
}

/** `HH:MM` since midnight. */
function millisecondsOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return (hours * 60 + minutes) * MINUTE_MS;
}

/** When the practice's clock shows a time of `wall`: once, twice when it repeats, never when it is left out. */
function instantsOf(wall: Span, offsets: readonly OffsetSpan[]): readonly Span[] {
  return offsets
    .map(({ from, to, offset }) => ({ from: Math.max(from, wall.from - offset), to: Math.min(to, wall.to - offset) }))
    .filter(({ from, to }) => from < to);
}

/** When the practice's clock first shows `wall`, or jumps over it. */
function firstInstantOf(wall: number, offsets: readonly OffsetSpan[]): number | undefined {
  return instantsOf({ from: wall, to: wall + DAY_MS }, offsets)[0]?.from;
}

function merge(spans: readonly Span[]): readonly Span[] {
  const merged: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last && span.from <= last.to) merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
    else merged.push(span);
  }
  return merged;
}
