import * as conformance from '@exact/host-contracts/conformance';
import { describe } from '@jest/globals';
import { type Fault, testFaults } from './conformance-faults.js';

const SUPPORT_FAULTS: readonly Fault[] = [
  {
    fault: 'leaves the log out',
    plant: (practice) => ({
      ...practice,
      supportFile: async (contributions) => (await practice.supportFile(contributions)).replaceAll('.logged', ''),
    }),
    breaks: 'the file holds what each contribution says, and what was logged',
  },
  {
    fault: 'takes nothing out of what plugins say',
    plant: (practice) => ({
      ...practice,
      supportFile: async (contributions) => {
        const written = await practice.supportFile(contributions);
        const slips = contributions.find(({ id }) => id === 'slips');
        const said = await slips?.sections(new AbortController().signal);
        return written + JSON.stringify(said ?? '');
      },
    }),
    breaks: 'what must not leave the practice is taken out, whoever let it slip in',
  },
  {
    fault: 'has no file when a plugin throws',
    plant: (practice) => ({
      ...practice,
      supportFile: async (contributions) => {
        for (const contribution of contributions) {
          if (contribution.id.startsWith('throws')) await contribution.sections(new AbortController().signal);
        }
        return practice.supportFile(contributions);
      },
    }),
    breaks: 'a contribution that throws is named, and the rest is there',
  },
  {
    fault: 'never tells a plugin that it takes too long',
    plant: (practice) => ({
      ...practice,
      supportFile: (contributions) =>
        practice.supportFile(
          contributions.map((contribution) => ({
            id: contribution.id,
            facts: () => contribution.facts(),
            sections: (signal) =>
              contribution.sections(contribution.id.startsWith('hangs') ? new AbortController().signal : signal),
          })),
        ),
    }),
    breaks: 'a contribution that never answers is given up after 30 seconds and named',
  },
];

describe('a host that', () => {
  testFaults(conformance.support, SUPPORT_FAULTS);
});
