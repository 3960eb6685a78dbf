import { BadCommandError } from './command-parser.js';

/** Ranges with both ends, as asked for. */
export type SequenceSet = readonly (readonly [number, number])[];

const LARGEST = 0xffff_ffff;

/**
 * Reads `1,3:5,7:*` (RFC 9051 section 9, sequence-set). `largest` is what `*` means.
 *
 * @throws BadCommandError
 */
export function parseSequenceSet(text: string, largest: number): SequenceSet {
  const number = (written: string): number => {
    if (written === '*') return largest;
    const value = /^[1-9]\d{0,9}$/.test(written) ? Number(written) : 0;
    if (value === 0 || value > LARGEST) throw new BadCommandError('bad sequence set');
    return value;
  };
  return text.split(',').map((range) => {
    const [first, last, tooMuch] = range.split(':');
    if (first === undefined || tooMuch !== undefined) throw new BadCommandError('bad sequence set');
    const ends = [number(first), number(last ?? first)];
    return [Math.min(...ends), Math.max(...ends)] as const;
  });
}

export function contains(set: SequenceSet, value: number): boolean {
  return set.some(([first, last]) => first <= value && value <= last);
}

/** The shortest set of these numbers, which are ascending; for COPYUID. */
export function formatSequenceSet(numbers: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last?.[1] === number - 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges.map((range) => [...new Set(range)].join(':')).join(',');
}
