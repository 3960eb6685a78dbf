import type { Event } from '../event.js';

/** How long what was promised may take to happen, milliseconds: it may come from another process. */
const PATIENCE = 5_000;

/** @throws Error with the sentence when it does not hold */
export function expectThat(holds: boolean, sentence: string): asserts holds {
  if (!holds) throw new Error(sentence);
}

/**
 * Compares plain data. Each key that is expected must be there with the same value (`undefined` = must be missing);
 * other keys are the host's affair. Lists must have the same length, bytes must be the same.
 *
 * @throws Error that names what was compared
 */
export function expectData(what: string, actual: unknown, expected: unknown): void {
  expectThat(agrees(actual, expected), `${what} is ${show(actual)} and should be ${show(expected)}.`);
}

/** @throws Error with the sentence when the work ends well */
export async function expectRefusal(work: () => Promise<unknown>, sentence: string): Promise<void> {
  const refused = await work().then(
    () => false,
    () => true,
  );
  expectThat(refused, sentence);
}

/** Does what a host may either refuse with an error or leave without effect: what counts is what is stored afterwards. */
export async function attempt(work: () => Promise<unknown>): Promise<void> {
  await work().catch(() => undefined);
}

/** Resolves with what the listener saw, taken at the moment when it was told. @throws Error when it is not told */
export async function expectTold<T, S>(
  event: Event<T>,
  change: () => Promise<unknown>,
  see: (value: T) => S | Promise<S>,
): Promise<S> {
  const told = Promise.withResolvers<S>();
  const subscription = event((value) => {
    told.resolve(see(value));
  });
  try {
    await change();
    return await expectWithin(told.promise, 'The listener was not told of the change.');
  } finally {
    subscription.dispose();
  }
}

/** Resolves as the promise does. @throws Error with the sentence when it takes too long */
export async function expectWithin<T>(promise: Promise<T>, sentence: string): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    late.reject(new Error(sentence));
  }, PATIENCE);
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** The value, which must be there. */
export function present<T>(value: T | undefined, what: string): T {
  expectThat(value !== undefined, `${what} is missing.`);
  return value;
}

function agrees(actual: unknown, expected: unknown): boolean {
  if (expected instanceof Uint8Array) return actual instanceof Uint8Array && isSameBytes(actual, expected);
  if (Array.isArray(expected)) {
    return (
      Array.isArray(actual) &&
      actual.length === expected.length &&
      expected.every((each, index) => agrees(actual[index], each))
    );
  }
  if (!isRecord(expected)) return Object.is(actual, expected);
  return isRecord(actual) && Object.entries(expected).every(([key, each]) => agrees(actual[key], each));
}

function isSameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index += 1) if (a[index] !== b[index]) return false;
  return true;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Short enough for a line of a test report. */
function show(value: unknown): string {
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  const text = JSON.stringify(value, (_key, each: unknown) =>
    each instanceof Uint8Array ? `${each.length} bytes` : each,
  ) as string | undefined;
  return text === undefined ? 'undefined' : text.slice(0, 500);
}
