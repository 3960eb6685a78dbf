import { integration, suite, unit } from '../../tools/jest-project.mjs';

export default {
  projects: [unit, integration, suite('dovecot', 'dovecot/**/*.dovecot.ts'), suite('e2e', 'e2e/**/*.e2e.ts')],
  testTimeout: 120_000,
};
