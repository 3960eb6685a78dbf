import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { boundaryRule } from './tools/lint/boundary-rule.mjs';
import { RESTRICTED_SYNTAX } from './tools/lint/restricted-syntax.mjs';

const TESTS = ['**/*.spec.{ts,tsx,mjs}', '**/*.{test,python,dovecot,e2e}.ts'];

export default defineConfig(
  globalIgnores(['**/dist/', '**/test-results/', '**/.nx/', '**/.data/', '**/temp/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      complexity: ['error', 15],
      eqeqeq: 'error',
      'max-depth': ['error', 3],
      'max-lines': ['error', 300],
      'max-lines-per-function': ['error', 60],
      'max-nested-callbacks': ['error', 4],
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'] }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: ['packages/**/*.{ts,tsx}'],
    plugins: { exact: { rules: { boundaries: boundaryRule } } },
    rules: { 'exact/boundaries': 'error', 'no-restricted-syntax': ['error', ...RESTRICTED_SYNTAX] },
  },
  {
    files: ['packages/*/src/**/*.{ts,tsx}'],
    rules: { 'no-console': 'error' },
  },
  {
    files: ['packages/test-host/src/web/page/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat['recommended-latest']],
  },
  {
    // A describe block is a list of tests, not a function to be understood as one.
    files: TESTS,
    rules: { 'max-lines-per-function': 'off' },
  },
  {
    // Tables of data, one row after the other.
    files: ['packages/email-plugin/src/failures/catalogue/*.ts'],
    rules: { 'max-lines': 'off' },
  },
  {
    files: ['tools/**/*.mjs'],
    languageOptions: { globals: readonlyGlobals('clearInterval', 'console', 'process', 'setInterval', 'URL') },
    rules: {
      // The compiler heeds a cast written in a comment, these rules do not.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: ['**/*.config.{ts,mjs}'],
    extends: [tseslint.configs.disableTypeChecked],
    rules: { 'no-restricted-syntax': 'off' },
  },
);

/** @param {string[]} names */
function readonlyGlobals(...names) {
  return Object.fromEntries(names.map((name) => [name, 'readonly']));
}
