const dateTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const numbers = new Intl.NumberFormat('en');
const sizes = [
  { unit: 'MB', bytes: 1_000_000 },
  { unit: 'kB', bytes: 1000 },
] as const;

/** A point in time (epoch ms) for people. */
export function formatTime(at: number): string {
  return dateTime.format(at);
}

/** `1 message`, `2,000 messages`. */
export function formatCount(count: number, one: string, many: string): string {
  return `${numbers.format(count)} ${count === 1 ? one : many}`;
}

/** Bytes for people: `640 bytes`, `12 kB`, `3.4 MB`. */
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
