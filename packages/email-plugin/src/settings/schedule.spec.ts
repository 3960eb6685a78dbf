import { describe, expect, test } from '@jest/globals';
import { checkingWindow, nextPresetTime } from './schedule.js';
import { DEFAULT_SCHEDULE, type ScheduleSettings } from './settings.js';

type CheckingTimes = ScheduleSettings['checkingTimes'];

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7] as const;
const LONDON = 'Europe/London';
const NEW_YORK = 'America/New_York';
const LORD_HOWE = 'Australia/Lord_Howe';

const everyDay = (from: string, to: string): CheckingTimes => EVERY_DAY.map((weekday) => ({ weekday, from, to }));
const monday = (...spans: readonly (readonly [string, string])[]): CheckingTimes =>
  spans.map(([from, to]) => ({ weekday: 1, from, to }));

function windowAt(checkingTimes: CheckingTimes, now: string, timeZone: string): string {
  const window = checkingWindow({ ...DEFAULT_SCHEDULE, checkingTimes }, Date.parse(now), timeZone);
  if (window.open) return `open until ${iso(window.until)}`;
  return window.opensAt === undefined ? 'never opens' : `opens at ${iso(window.opensAt)}`;
}

function presetAfter(presetTimes: readonly string[], now: string, timeZone: string): string | undefined {
  const at = nextPresetTime({ ...DEFAULT_SCHEDULE, presetTimes: [...presetTimes] }, Date.parse(now), timeZone);
  return at === undefined ? undefined : iso(at);
}

const iso = (at: number) => new Date(at).toISOString().replace(/:00\.000Z$/, 'Z');

describe('the checking times of a practice', () => {
  // 2026-11-23 is a Monday.
  test.each([
    ['within a span', monday(['08:00', '18:00']), '2026-11-23T09:00Z', LONDON, 'open until 2026-11-23T18:00Z'],
    [
      'at its first millisecond',
      monday(['08:00', '18:00']),
      '2026-11-23T08:00Z',
      LONDON,
      'open until 2026-11-23T18:00Z',
    ],
    ['at its end', monday(['08:00', '18:00']), '2026-11-23T18:00Z', LONDON, 'opens at 2026-11-30T08:00Z'],
    ['before it', monday(['08:00', '18:00']), '2026-11-23T07:59Z', LONDON, 'opens at 2026-11-23T08:00Z'],
    ['in the practice’s zone', monday(['08:00', '18:00']), '2026-11-23T12:59Z', NEW_YORK, 'opens at 2026-11-23T13:00Z'],
    [
      'where Monday begins on Sunday UTC',
      monday(['08:00', '18:00']),
      '2026-11-22T21:00Z',
      LORD_HOWE,
      'open until 2026-11-23T07:00Z',
    ],
    [
      'between two spans',
      monday(['08:00', '12:00'], ['13:00', '18:00']),
      '2026-11-23T12:30Z',
      LONDON,
      'opens at 2026-11-23T13:00Z',
    ],
    [
      'with spans that touch',
      monday(['08:00', '12:00'], ['12:00', '18:00']),
      '2026-11-23T09:00Z',
      LONDON,
      'open until 2026-11-23T18:00Z',
    ],
    [
      'with spans that overlap',
      monday(['08:00', '17:00'], ['09:00', '12:00']),
      '2026-11-23T09:30Z',
      LONDON,
      'open until 2026-11-23T17:00Z',
    ],
    [
      'over midnight',
      [
        { weekday: 7, from: '22:00', to: '24:00' },
        { weekday: 1, from: '00:00', to: '06:00' },
      ] satisfies CheckingTimes,
      '2026-11-22T23:59Z',
      LONDON,
      'open until 2026-11-23T06:00Z',
    ],
    ['without spans', [], '2026-11-23T09:00Z', LONDON, 'never opens'],
    ['always', everyDay('00:00', '24:00'), '2026-11-23T09:00Z', LONDON, 'open until 2026-11-30T09:00Z'],
    [
      'always but for the last minute',
      everyDay('00:00', '23:59'),
      '2026-11-23T09:00Z',
      LONDON,
      'open until 2026-11-23T23:59Z',
    ],
  ])('%s', (_case, checkingTimes, now, timeZone, expected) => {
    expect(windowAt(checkingTimes, now, timeZone)).toBe(expected);
  });

  test.each([
    [
      'the clocks of London go forward inside it',
      everyDay('00:30', '03:00'),
      '2026-03-29T00:45Z',
      LONDON,
      'open until 2026-03-29T02:00Z',
    ],
    [
      'its beginning is left out in London',
      everyDay('01:30', '03:00'),
      '2026-03-29T00:30Z',
      LONDON,
      'opens at 2026-03-29T01:00Z',
    ],
    [
      'its end is left out in London',
      everyDay('00:30', '01:30'),
      '2026-03-29T00:45Z',
      LONDON,
      'open until 2026-03-29T01:00Z',
    ],
    [
      'all of it is left out in London',
      everyDay('01:15', '01:45'),
      '2026-03-29T00:30Z',
      LONDON,
      'opens at 2026-03-30T00:15Z',
    ],
    [
      'all of a weekly span is left out in London',
      [{ weekday: 7, from: '01:15', to: '01:45' }] satisfies CheckingTimes,
      '2026-03-29T00:30Z',
      LONDON,
      'opens at 2026-04-05T00:15Z',
    ],
    [
      'the clocks of London go back inside it',
      everyDay('00:30', '03:00'),
      '2026-10-24T23:45Z',
      LONDON,
      'open until 2026-10-25T03:00Z',
    ],
    [
      'its end comes twice in London, before the first',
      everyDay('00:30', '01:30'),
      '2026-10-24T23:45Z',
      LONDON,
      'open until 2026-10-25T00:30Z',
    ],
    [
      'its end comes twice in London, between',
      everyDay('00:30', '01:30'),
      '2026-10-25T00:45Z',
      LONDON,
      'opens at 2026-10-25T01:00Z',
    ],
    [
      'its end comes twice in London, before the second',
      everyDay('00:30', '01:30'),
      '2026-10-25T01:10Z',
      LONDON,
      'open until 2026-10-25T01:30Z',
    ],
    [
      'all of it comes twice in London',
      everyDay('01:15', '01:45'),
      '2026-10-25T00:50Z',
      LONDON,
      'opens at 2026-10-25T01:15Z',
    ],
    [
      'the clocks of New York go forward before it',
      everyDay('08:00', '18:00'),
      '2026-03-08T11:00Z',
      NEW_YORK,
      'opens at 2026-03-08T12:00Z',
    ],
    [
      'the clocks of New York go back before it',
      everyDay('08:00', '18:00'),
      '2026-11-01T11:00Z',
      NEW_YORK,
      'opens at 2026-11-01T13:00Z',
    ],
    [
      'half an hour is left out on Lord Howe',
      everyDay('02:15', '03:00'),
      '2026-10-03T15:29Z',
      LORD_HOWE,
      'opens at 2026-10-03T15:30Z',
    ],
    [
      'half an hour comes twice on Lord Howe, before',
      everyDay('01:45', '02:15'),
      '2026-04-04T14:50Z',
      LORD_HOWE,
      'open until 2026-04-04T15:00Z',
    ],
    [
      'half an hour comes twice on Lord Howe, between',
      everyDay('01:45', '02:15'),
      '2026-04-04T15:05Z',
      LORD_HOWE,
      'opens at 2026-04-04T15:15Z',
    ],
  ])('when %s', (_case, checkingTimes, now, timeZone, expected) => {
    expect(windowAt(checkingTimes, now, timeZone)).toBe(expected);
  });
});

describe('the preset times of a practice', () => {
  test.each([
    ['the next of today', ['08:00', '17:30'], '2026-11-23T09:00Z', LONDON, '2026-11-23T17:30Z'],
    ['the first of tomorrow', ['08:00', '17:30'], '2026-11-23T18:00Z', LONDON, '2026-11-24T08:00Z'],
    ['not the one that is now', ['08:00'], '2026-11-23T08:00Z', LONDON, '2026-11-24T08:00Z'],
    ['in the practice’s zone', ['08:00'], '2026-11-23T12:00Z', NEW_YORK, '2026-11-23T13:00Z'],
    ['24:00 is the next midnight', ['24:00'], '2026-11-23T09:00Z', LONDON, '2026-11-24T00:00Z'],
    ['24:00 comes again the next day', ['24:00'], '2026-11-24T00:00Z', LONDON, '2026-11-25T00:00Z'],
    ['none', [], '2026-11-23T09:00Z', LONDON, undefined],
    ['left out in London: when the clock jumps', ['01:30'], '2026-03-29T00:00Z', LONDON, '2026-03-29T01:00Z'],
    ['left out in London: once', ['01:30'], '2026-03-29T01:00Z', LONDON, '2026-03-30T00:30Z'],
    ['repeated in London: the first', ['01:30'], '2026-10-24T23:00Z', LONDON, '2026-10-25T00:30Z'],
    ['repeated in London: once', ['01:30'], '2026-10-25T00:30Z', LONDON, '2026-10-26T01:30Z'],
    ['left out in New York', ['02:30'], '2026-03-08T06:00Z', NEW_YORK, '2026-03-08T07:00Z'],
    ['repeated in New York', ['01:30'], '2026-11-01T05:30Z', NEW_YORK, '2026-11-02T06:30Z'],
    ['left out on Lord Howe', ['02:15'], '2026-10-03T15:00Z', LORD_HOWE, '2026-10-03T15:30Z'],
    ['repeated on Lord Howe', ['01:45'], '2026-04-04T14:45Z', LORD_HOWE, '2026-04-05T15:15Z'],
  ])('%s', (_case, presetTimes, now, timeZone, expected) => {
    expect(presetAfter(presetTimes, now, timeZone)).toBe(expected);
  });
});
