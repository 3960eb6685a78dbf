const dateTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const shortDateTime = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});
const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
const numbers = new Intl.NumberFormat('en');
const sizes = [
  { unit: 'GB', bytes: 1_000_000_000 },
  { unit: 'MB', bytes: 1_000_000 },
  { unit: 'kB', bytes: 1000 },
] as const;

/** A point in time (epoch ms) for people. */
export function formatTime(at: number): string {
  return dateTime.format(at);
}

/** A day (epoch ms) for people. */
export function formatDay(at: number): string {
  return day.format(at);
}

/** A point in time for a narrow column: the year only when it is not the present one. */
export function formatShortTime(at: number): string {
  const isThisYear = new Date(at).getFullYear() === new Date().getFullYear();
  return (isThisYear ? shortDateTime : dateTime).format(at);
}

/** When today (epoch ms), as a clock shows it; with the day when it is another one. */
export function formatClock(at: number): string {
  const isToday = new Date(at).toDateString() === new Date().toDateString();
  return (isToday ? clock : shortDateTime).format(at);
}

/** `1 message`, `2,000 messages`. */
export function formatCount(count: number, one: string, many: string): string {
  return `${numbers.format(count)} ${count === 1 ? one : many}`;
}

/** Bytes for people: `640 bytes`, `12 kB`, `3.4 MB`, `1.4 GB`. */
export function formatSize(bytes: number): string {
  const size = sizes.find((each) => bytes >= each.bytes);
  if (!size) return formatCount(bytes, 'byte', 'bytes');
  const value = bytes / size.bytes;
  return `${value.toFixed(value < 10 ? 1 : 0)} ${size.unit}`;
}

/** A whole number with its thousands apart. */
export function formatNumber(value: number): string {
  return numbers.format(value);
}

/** How long something took, in milliseconds, for people. */
export function formatDuration(milliseconds: number): string {
  return milliseconds < 950 ? `${milliseconds.toFixed(0)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

/** How long something may still take, in seconds, for people: nobody wants it to the second. */
export function formatTimeLeft(seconds: number): string {
  if (seconds < 60) return 'less than a minute left';
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `about ${formatCount(minutes, 'minute', 'minutes')} left`;
  return `about ${formatCount(Math.round(minutes / 60), 'hour', 'hours')} left`;
}
