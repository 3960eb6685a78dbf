import { expect, test } from '@jest/globals';
import type { Suite } from '@exact/host-contracts/conformance';
import { type ConformingPractice, openPracticeInMemory } from './conformance-practice.js';

/** A way in which a host breaks one promise of the suite and keeps all others. */
export interface Fault {
  readonly fault: string;
  readonly breaks: string;
  /** The practice with the fault in it. */
  readonly plant: (practice: ConformingPractice) => ConformingPractice;
}

type Part = (suite: Suite<ConformingPractice>) => void;

/**
 * Tests that each fault turns its promise red and no other, that no promise is without a fault, and that none is red
 * without one.
 */
export function testFaults(part: Part, faults: readonly Fault[]): void {
  test.each(faults)('$fault', async ({ plant, breaks }) => {
    expect(await brokenPromises(part, async () => plant(await openPracticeInMemory()))).toEqual([breaks]);
  });

  test('has no fault breaks no promise', async () => {
    expect(await brokenPromises(part, openPracticeInMemory)).toEqual([]);
  });

  test('every promise has a fault that breaks it', () => {
    const broken = new Set(faults.map(({ breaks }) => breaks));
    expect(promisesOf(part, openPracticeInMemory).filter(({ title }) => !broken.has(title))).toEqual([]);
  });
}

/** The services of the practice that faults are planted in. */
type Service =
  'inbox' | 'outbox' | 'configuration' | 'prompts' | 'health' | 'patients' | 'practice' | 'hostInformation';

/** A service with some methods replaced, on both ways in. */
export function faulty<K extends Service>(
  service: K,
  replace: (real: ConformingPractice[K], practice: ConformingPractice) => Partial<ConformingPractice[K]>,
): Fault['plant'] {
  return (practice) => {
    const broken = Object.assign({}, practice[service], replace(practice[service], practice));
    return { ...practice, [service]: broken, [`${service}Elsewhere`]: broken };
  };
}

async function brokenPromises(part: Part, create: () => Promise<ConformingPractice>): Promise<readonly string[]> {
  const promises = promisesOf(part, create);
  const broken = new Set<string>();
  for (const { title, run } of promises) await run().catch(() => broken.add(title));
  return promises.map(({ title }) => title).filter((title) => broken.has(title));
}

function promisesOf(part: Part, create: () => Promise<ConformingPractice>) {
  const promises: { readonly title: string; readonly run: () => Promise<void> }[] = [];
  part({ create, test: (title, run) => promises.push({ title, run }) });
  return promises;
}
