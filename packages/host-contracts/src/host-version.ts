/** The numbers of a host version, most significant first: `V13.706.1` is `[13, 706, 1]`. */
export type HostVersion = readonly number[];

const FORM = /^\s*[vV]?(\d{1,9}(?:\.\d{1,9})*)\s*$/;

/**
 * Reads a host version: whole numbers between points, with a V, a v or none before them; leading zeros do no harm.
 * `undefined` when the text has another form.
 */
export function parseHostVersion(text: string): HostVersion | undefined {
  const numbers = FORM.exec(text)?.[1];
  return numbers?.split('.').map(Number);
}

/**
 * Compares number by number; a missing number counts as 0. Negative when `a` is older than `b`, 0 when they are the same.
 * `V13.71 < V13.706 < V13.706.1 < V13.1000 < V14.1`.
 */
export function compareHostVersions(a: HostVersion, b: HostVersion): number {
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
