/** So near to a figure counts as reached: series differ by as much. */
const NEAR = 1.05;

/** A line that says whether a figure that should be small is small enough. */
export function verdict(what: string, figure: number, target: number): string {
  const isReached = figure <= target * NEAR;
  const shown = (value: number) => value.toFixed(value < 10 ? 2 : 0).padStart(8);
  return `${shown(figure)}  of at most ${shown(target)}: ${isReached ? 'reached    ' : 'NOT reached'}  ${what}`;
}
