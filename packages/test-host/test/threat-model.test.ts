import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';

const MODEL = new URL('../../../docs/threat-model.md', import.meta.url);
/** Sections that describe no threat. */
const ABOUT = new Set(['What is worth stealing', 'Who is trusted']);

const text = await readFile(fileURLToPath(MODEL), 'utf8');
const threats = text
  .split(/^## /m)
  .slice(1)
  .map((section) => ({ name: section.split('\n', 1)[0] ?? '', proofs: proofsIn(section) }))
  .filter(({ name }) => !ABOUT.has(name));

/** Lines like `- [web.test.ts](../packages/…/web.test.ts): “the title of a test”`. */
function proofsIn(section: string): readonly { readonly path: string; readonly title: string }[] {
  return [...section.matchAll(/^- \[[^\]]+\]\(([^)]+)\): “(.+)”$/gm)].map(([, path = '', title = '']) => ({
    path,
    title,
  }));
}

describe('the threat model', () => {
  test.each(threats)('“$name”: the tests that it names are there', async ({ proofs }) => {
    expect(proofs).not.toEqual([]);
    for (const { path, title } of proofs) {
      const source = await readFile(fileURLToPath(new URL(path, MODEL)), 'utf8');
      expect(source).toContain(`'${title}'`);
    }
  });

  test('has no proof that can’t be read as one', () => {
    const lines = text.split('\n').filter((line) => line.startsWith('- ['));
    expect(threats.flatMap(({ proofs }) => proofs)).toHaveLength(lines.length);
  });
});
