/** How many places on its way are told. */
const PLACES = 5;

/** A defect as it is recorded. */
export type Defect = {
  /** The class of the error, with its code where it has one. */
  readonly error: string;
  /** Where it was thrown, and from where that was called. */
  readonly at: string;
};

/** Never the message: that of a parser repeats what it was given, and so what a patient wrote. */
export function describeDefect(error: unknown): Defect {
  if (!Error.isError(error)) return { error: typeof error, at: '' };
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : '';
  return { error: `${error.name}${code}`, at: placesOf(error).slice(0, PLACES).join(' < ') };
}

/** The stack behind its message, whose lines may look like places. */
function placesOf({ message, stack = '' }: Error): readonly string[] {
  const from = stack.indexOf(message);
  if (from < 0) return [];
  const lines = stack.slice(from + message.length).split('\n');
  return lines.flatMap((line) => /^\s+at (.+)$/.exec(line)?.[1] ?? []);
}

/** The same behind **Details**. */
export function defectDetails(error: unknown): string {
  const { error: kind, at } = describeDefect(error);
  return at === '' ? kind : `${kind} at ${at}`;
}
