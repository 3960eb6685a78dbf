import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { closeChromium, openPractice, type Practice } from './support/practice.js';

afterAll(closeChromium);

const RECORDER = new URL('./support/record-imports.ts', import.meta.url);

/** A practice whose process writes down each module that it loads. */
async function openRecorded(hostVersion: string): Promise<Practice & { imported(): Promise<string> }> {
  const practice = await openPractice({
    arguments: ['--host-version', hostVersion],
    environment: { NODE_OPTIONS: `--import ${RECORDER.href}` },
  });
  const record = join(practice.host.dataDirectory, 'imports.txt');
  return Object.assign(practice, { imported: () => readFile(record, 'utf8') });
}

describe('S1: the feature exists from V13.706', () => {
  test.each(['V13.705', 'V13.71', 'V12.999', 'abc'])(
    '%s shows no menu entry, imports nothing of the plugin and says why',
    async (version) => {
      await using practice = await openRecorded(version);
      const { page } = practice;
      await page.getByRole('menuitem', { name: 'Configure' }).click();
      await page.getByRole('menuitem', { name: 'Practice Information' }).waitFor();
      await expect(page.getByRole('menuitem', { name: 'Email and SMS Setup' }).count()).resolves.toBe(0);
      await page.keyboard.press('Escape');
      await page.getByText('EXACT Email needs V13.706').first().waitFor();
      const imported = await practice.imported();
      expect(imported).toContain('test-host');
      expect(imported).not.toContain('email-plugin/dist');
      expect(imported).not.toMatch(/node_modules\/(@azure|imapflow)\//);
    },
  );

  test.each(['V13.706', 'V13.706.1', 'V13.1000', 'V14.1'])(
    '%s shows the menu entry and loads nothing heavy for it',
    async (version) => {
      await using practice = await openRecorded(version);
      const { page } = practice;
      await page.getByRole('menuitem', { name: 'Configure' }).click();
      await page.getByRole('menuitem', { name: 'Email and SMS Setup' }).waitFor();
      const imported = await practice.imported();
      expect(imported).toContain('email-plugin/dist');
      expect(imported).not.toMatch(/node_modules\/(@azure|imapflow)\//);
    },
  );
});
