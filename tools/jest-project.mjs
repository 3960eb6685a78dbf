import vm from 'node:vm';

if (typeof vm.SyntheticModule !== 'function') {
  throw new Error(
    'The tests are ES modules: run them with "npm test", or jest with NODE_OPTIONS=--experimental-vm-modules',
  );
}

const SWC = {
  jsc: {
    target: 'es2024',
    transform: { legacyDecorator: true, decoratorMetadata: false, react: { runtime: 'automatic' } },
  },
  sourceMaps: 'inline',
};

/**
 * @param {boolean} tsx
 * @returns {[string, unknown]}
 */
function swc(tsx) {
  const parser = { syntax: 'typescript', decorators: true, tsx };
  return ['@swc/jest', { ...SWC, jsc: { ...SWC.jsc, parser } }];
}

/**
 * One jest project of a package: TypeScript through swc, as ES modules.
 *
 * @param {string} displayName name of the suite, as `--selectProjects` takes it
 * @param {string} testMatch glob below the package's folder
 * @returns {import('jest').Config}
 */
export function suite(displayName, testMatch) {
  return {
    displayName,
    testMatch: [`<rootDir>/${testMatch}`],
    testEnvironment: 'node',
    extensionsToTreatAsEsm: ['.ts', '.tsx'],
    moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
    transform: { '\\.ts$': swc(false), '\\.tsx$': swc(true) },
  };
}

export const unit = suite('unit', 'src/**/*.spec.{ts,tsx}');
export const integration = suite('integration', 'test/**/*.test.ts');
