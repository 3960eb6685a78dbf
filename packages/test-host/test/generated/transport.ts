import fc from 'fast-check';

/** How a message is written and what happens to it on its way: everything that does not make it another message. */
export interface Transport {
  /** Numbers that decide each detail, one after the other, again and again. */
  readonly dice: readonly number[];
  readonly traces: readonly string[];
  readonly lineEnd: '\r\n' | '\n';
  /** As in an mbox file. */
  readonly hasFromLine: boolean;
}

const TRACES = [
  'Received: from a.example (1.2.3.4) by b.example with ESMTPS id 77; Mon, 23 Nov 2026 09:00:00 +0000',
  'X-MS-Exchange-Organization-SCL: -1',
  'X-UIDL: 4711',
  'X-Spam-Status: No, score=-1\n required=5',
  'Return-Path: <bounce@patients.example>',
  'Authentication-Results: mx.example; dkim=pass',
  'DKIM-Signature: v=1; a=rsa-sha256;\n\tb=abc==',
  'Thread-Index: AQHb',
  'MIME-Version: 1.0',
  'Content-Language: en',
] as const;

export const transports: fc.Arbitrary<Transport> = fc.record({
  dice: fc.array(fc.nat({ max: 999 }), { minLength: 1, maxLength: 40 }),
  traces: fc.subarray([...TRACES]),
  lineEnd: fc.constantFrom('\r\n', '\n'),
  hasFromLine: fc.boolean(),
});

/** Gives the numbers of a transport one after the other. */
export class Dice {
  private at = 0;

  constructor(private readonly numbers: readonly number[]) {}

  below(count: number): number {
    this.at += 1;
    return (this.numbers[this.at % this.numbers.length] ?? 0) % count;
  }

  pick<T>(from: readonly [T, ...T[]]): T {
    return from[this.below(from.length)] ?? from[0];
  }

  /** Often enough to matter, seldom enough that most of a message stays plain. */
  get isLucky(): boolean {
    return this.below(3) === 0;
  }
}
