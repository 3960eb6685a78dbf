import { ESLint } from 'eslint';
import { describe, expect, test } from '@jest/globals';
import tseslint from 'typescript-eslint';
import { ROOT } from '../commands.mjs';

// The planted files exist only in memory, so rules that need types cannot run on them.
const eslint = new ESLint({ cwd: ROOT, overrideConfig: [tseslint.configs.disableTypeChecked] });

/**
 * @param {string} filePath
 * @param {string} code
 */
async function brokenRules(filePath, code) {
  const [result] = await eslint.lintText(code, { filePath });
  return result?.messages.map(({ ruleId, message }) => ruleId ?? message) ?? [];
}

/** @param {string} specifier */
const importing = (specifier) => `import { x } from '${specifier}';\nexport const y = x;\n`;

const CONTRACTS = 'packages/host-contracts/src';
const PLUGIN = 'packages/email-plugin/src';
const HOST = 'packages/test-host';

describe('a boundary is held, and only there', () => {
  test.each([
    ['host-contracts imports no library', `${CONTRACTS}/a.ts`, 'zod', './b.js'],
    ['host-contracts imports nothing of Node', `${CONTRACTS}/a.ts`, 'node:fs', './b.js'],
    ['the conformance suite imports no test runner', `${CONTRACTS}/conformance/a.ts`, '@jest/globals', 'node:assert'],
    ['the plugin does not import the test host', `${PLUGIN}/a.ts`, '@exact/test-host', '@exact/host-contracts'],
    ['a test of the plugin does not either', 'packages/email-plugin/test/a.test.ts', '@exact/test-host', '../src/a.js'],
    ['the source of the test host does not import the plugin', `${HOST}/src/a.ts`, '@exact/email-plugin', './b.js'],
    ['a package is entered by its name', `${PLUGIN}/a.ts`, '../../host-contracts/src/a.js', '@exact/host-contracts'],
    ['a package is entered by its exports', `${HOST}/bin/a.ts`, '@exact/email-plugin/dist/a.js', '@exact/email-plugin'],
    ['the product does not import its tests', `${PLUGIN}/a.ts`, '../test/a.js', './b.js'],
    ['the product does not import a unit test', `${PLUGIN}/a.ts`, './a.spec.js', './b.js'],
    ['the own Microsoft 365 does not know the host', `${HOST}/src/microsoft365/a.ts`, '../host/a.js', './b.js'],
    ['nor the stores', `${HOST}/src/microsoft365/imap/a.ts`, '../../stores/a.js', '../cast.js'],
    ['nor the web', `${HOST}/src/microsoft365/a.ts`, '../web/server/a.js', './b.js'],
    [
      'the host knows only the entry of the own Microsoft 365',
      `${HOST}/src/host/a.ts`,
      '../microsoft365/cast.js',
      '../microsoft365/microsoft365.js',
    ],
    ['the page imports nothing of the server', `${HOST}/src/web/page/a.tsx`, '../server/a.js', '../api/a.js'],
    ['the page imports nothing of Node', `${HOST}/src/web/page/a.tsx`, 'node:fs', 'react'],
    ['what page and server share imports neither', `${HOST}/src/web/api/a.ts`, '../server/a.js', './b.js'],
    ['the browser module imports nothing of Node', `${PLUGIN}/browser/a.ts`, 'node:fs', './b.js'],
  ])('%s', async (_title, file, forbidden, allowed) => {
    expect(await brokenRules(file, importing(forbidden))).toEqual(['exact/boundaries']);
    expect(await brokenRules(file, importing(allowed))).toEqual([]);
  });

  test.each([
    [`${PLUGIN}/receive`, 'imapflow'],
    [`${PLUGIN}/send`, 'nodemailer'],
    [`${PLUGIN}/send`, 'nodemailer/lib/mime-node'],
    [`${PLUGIN}/sign-in`, '@azure/msal-node'],
    [`${PLUGIN}/browser`, '@azure/msal-browser'],
    [`${PLUGIN}/receive`, 'postal-mime'],
    [`${PLUGIN}/receive`, 'iconv-lite'],
    [`${HOST}/src/microsoft365/identity`, 'oidc-provider'],
    [`${HOST}/src/microsoft365/smtp`, 'smtp-server'],
    [`${HOST}/src/stores`, 'node:sqlite'],
    [`${HOST}/src/microsoft365`, 'nodemailer'],
    [`${HOST}/src/stores`, 'postal-mime'],
    [`${HOST}/src/web/page`, 'dompurify'],
    [`${HOST}/test`, '@azure/msal-node'],
  ])('in %s only an adapter file knows %s', async (folder, library) => {
    expect(await brokenRules(`${folder}/a.ts`, importing(library))).toEqual(['exact/boundaries']);
    expect(await brokenRules(`${folder}/a.adapter.ts`, importing(library))).toEqual([]);
  });

  test('of the host, page and server share only types', async () => {
    const file = `${HOST}/src/web/api/a.ts`;
    expect(await brokenRules(file, importing('../../host/host.js'))).toEqual(['exact/boundaries']);
    expect(await brokenRules(file, "import type { X } from '../../host/host.js';\nexport type Y = X;\n")).toEqual([]);
  });

  test('one file knows the browser of the end-to-end tests', async () => {
    const code = importing('playwright-core');
    expect(await brokenRules(`${HOST}/e2e/support/other.adapter.ts`, code)).toEqual(['exact/boundaries']);
    expect(await brokenRules(`${HOST}/e2e/support/browser.adapter.ts`, code)).toEqual([]);
  });

  test.each([
    ['a dynamic import', "export const x = await import('imapflow');\n"],
    ['a type import', "import type { X } from 'imapflow';\nexport type Y = X;\n"],
    ['an import in a type', "export type X = import('imapflow').X;\n"],
    ['a re-export', "export { X } from 'imapflow';\n"],
    ['a re-export of all', "export * from 'imapflow';\n"],
    ['an import for its effect', "import 'imapflow';\n"],
  ])('%s is an import too', async (_title, code) => {
    expect(await brokenRules(`${PLUGIN}/a.ts`, code)).toEqual(['exact/boundaries']);
  });
});

describe('a habit is held', () => {
  const lines = (/** @type {number} */ count) => 'export {};\n'.repeat(count);
  const longFunction = (/** @type {number} */ count) => `export function f() {\n${'  f();\n'.repeat(count - 2)}}\n`;
  const nested = (/** @type {number} */ depth) =>
    `export function f(x) {\n${'if (x.y) {\n'.repeat(depth)}x.f();\n${'}\n'.repeat(depth)}}\n`;
  const branches = (/** @type {number} */ count) => `export const f = (x) => ${'x.y || '.repeat(count - 1)}x.z;\n`;

  test.each([
    ['a file has 300 lines at most', 'max-lines', lines(301), lines(300)],
    ['a function has 60 lines at most', 'max-lines-per-function', longFunction(61), longFunction(60)],
    ['blocks nest three deep at most', 'max-depth', nested(4), nested(3)],
    ['a function has 15 ways through it at most', 'complexity', branches(16), branches(15)],
    ['nothing is put off', 'no-warning-comments', '// TODO\nexport {};\n', '// Done.\nexport {};\n'],
    ['the product does not print', 'no-console', 'console.log(1);\n', 'export {};\n'],
    ['exports have names', 'no-restricted-syntax', 'export default 1;\n', 'export const x = 1;\n'],
    [
      'TLS checks stay on',
      'no-restricted-syntax',
      'export const x = { rejectUnauthorized: false };\n',
      'export const x = { rejectUnauthorized: true };\n',
    ],
    [
      'TLS checks stay on in the whole process',
      'no-restricted-syntax',
      'export const x = (e) => (e.NODE_TLS_REJECT_UNAUTHORIZED = 0);\n',
      'export const x = (e) => (e.NODE_EXTRA_CA_CERTS = 0);\n',
    ],
    [
      'an error of another realm is an error',
      'no-restricted-syntax',
      'export const x = (e) => e instanceof Error;\n',
      'export const x = (e) => Error.isError(e);\n',
    ],
    [
      'no cast goes by way of unknown',
      'no-restricted-syntax',
      'export const x = (e: string) => e as unknown as number;\n',
      'export const x = (e: unknown) => e as number;\n',
    ],
    ['no module is mocked', 'no-restricted-syntax', "jest.mock('./a.js');\n", 'jest.fn();\n'],
    ['any is not a type', '@typescript-eslint/no-explicit-any', 'export type X = any;\n', 'export type X = unknown;\n'],
    [
      'the compiler is not silenced',
      '@typescript-eslint/ban-ts-comment',
      '// @ts-ignore\nexport {};\n',
      '// Why.\nexport {};\n',
    ],
    [
      'values are compared strictly',
      'eqeqeq',
      'export const x = (y) => y == 1;\n',
      'export const x = (y) => y === 1;\n',
    ],
  ])('%s', async (_title, rule, wrong, right) => {
    expect(await brokenRules(`${PLUGIN}/a.ts`, wrong)).toEqual([rule]);
    expect(await brokenRules(`${PLUGIN}/a.ts`, right)).toEqual([]);
  });

  test.each([
    `${CONTRACTS}/a.ts`,
    `${CONTRACTS}/a.spec.ts`,
    `${PLUGIN}/a.ts`,
    `${PLUGIN}/browser/a.ts`,
    `${HOST}/bin/a.ts`,
    `${HOST}/src/web/page/a.tsx`,
    `${HOST}/e2e/a.e2e.ts`,
    'tools/a.mjs',
  ])('rules that need types are on for %s', async (file) => {
    const config = /** @type {import('eslint').Linter.Config} */ (
      await new ESLint({ cwd: ROOT }).calculateConfigForFile(file)
    );
    expect(config.rules?.['@typescript-eslint/no-floating-promises']).toEqual([2]);
  });

  test('a hook of React is called unconditionally', async () => {
    const code = (/** @type {string} */ condition) =>
      `import { useState } from 'react';\nexport function P(p) {\n  ${condition}useState(1);\n  return p;\n}\n`;
    expect(await brokenRules(`${HOST}/src/web/page/a.tsx`, code('if (p) '))).toEqual(['react-hooks/rules-of-hooks']);
    expect(await brokenRules(`${HOST}/src/web/page/a.tsx`, code(''))).toEqual([]);
  });
});
