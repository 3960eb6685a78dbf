import type { SupportContribution } from '../contributions/support.js';
import type { Logger } from '../services/logger.js';
import { expectThat, expectWithin } from './expect.js';
import type { ClockHost } from './clock.js';
import { type HostPromises, register, type Suite } from './suite.js';

/** A host that claims to write a support file. */
export interface SupportHost extends Pick<ClockHost, 'letPass'>, AsyncDisposable {
  readonly logger: Logger;
  /** The whole text that a user is shown and may save, when the plugins contribute this. */
  readonly supportFile: (contributions: readonly SupportContribution[]) => Promise<string>;
}

const TOKEN = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJjb25mb3JtYW5jZSJ9.c2lnbmF0dXJl';
const PASSWORD = 'Conform-2026';
const ADDRESS = 'quillon.conformance@patients.example';
const SLIPPED = `refused <${ADDRESS}> auth=Bearer ${TOKEN} password=${PASSWORD}`;
/** Just over what a contribution may take. */
const TOO_LONG = 31_000;

function contribution(id: string, sections: SupportContribution['sections']): SupportContribution {
  return { id, facts: () => Promise.resolve([]), sections };
}

const WELL = contribution('well', () =>
  Promise.resolve([{ title: 'Well', data: { conforming: ['first', 'second'] } }]),
);

function expectSays(text: string, ...parts: readonly string[]): void {
  for (const part of parts) expectThat(text.includes(part), `The support file does not say "${part}".`);
}

const SUPPORT: HostPromises<SupportHost> = {
  'the file holds what each contribution says, and what was logged': async ({ supportFile, logger }) => {
    logger.warn('conformance.logged', { count: 3 });
    expectSays(await supportFile([WELL]), 'Well', 'conforming', 'first', 'second', 'conformance.logged');
  },

  'what must not leave the practice is taken out, whoever let it slip in': async ({ supportFile, logger }) => {
    logger.error('conformance.slipped', { words: SLIPPED });
    const slips = contribution('slips', () =>
      Promise.resolve([{ title: 'Slips', data: { words: SLIPPED, deep: [{ deeper: SLIPPED }], [ADDRESS]: 1 } }]),
    );
    const text = await supportFile([slips]);
    expectSays(text, 'Slips', 'deeper', 'conformance.slipped');
    for (const secret of [TOKEN, PASSWORD, ADDRESS]) {
      expectThat(!text.includes(secret), `The support file holds ${secret}.`);
    }
  },

  'a contribution that throws is named, and the rest is there': async ({ supportFile }) => {
    const throws = contribution('throws-here', () => Promise.reject(new Error(SLIPPED)));
    const text = await supportFile([throws, WELL]);
    expectSays(text, 'throws-here', 'conforming');
    expectThat(!text.includes(ADDRESS), 'The support file holds the address that the error named.');
  },

  'a contribution that never answers is given up after 30 seconds and named': async ({ supportFile, letPass }) => {
    const asked = Promise.withResolvers<AbortSignal>();
    const hangs = contribution('hangs-here', (signal) => {
      asked.resolve(signal);
      return new Promise(() => undefined);
    });
    const writing = supportFile([hangs, WELL]);
    const signal = await expectWithin(asked.promise, 'The contribution was not asked.');
    await letPass(TOO_LONG);
    expectSays(await expectWithin(writing, 'The support file is not written.'), 'hangs-here', 'conforming');
    expectThat(signal.aborted, 'The contribution was not told that it is over.');
  },
};

/** What a host owes the contribution point `SupportContribution`. */
export function support(suite: Suite<SupportHost>): void {
  register(suite, SUPPORT);
}
