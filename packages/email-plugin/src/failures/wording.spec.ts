import { describe, expect, test } from '@jest/globals';
import type { Failure } from '@exact/host-contracts';
import { CODE, JARGON, TO_IT } from '../../test/support/plain-words.js';
import { CATALOGUE, failureFor, type FailureLayer } from './failures.js';

type Wording = Pick<Failure, 'sentence' | 'advice' | 'fixedBy'> & { readonly name: string; readonly retry: string };

const WORDINGS: readonly Wording[] = Object.entries(CATALOGUE).flatMap(([layer, rows]) => [
  ...rows.map((row) => ({ ...row, name: `${layer} ${row.code}` })),
  unknown(layer as FailureLayer),
]);

function unknown(layer: FailureLayer): Wording {
  const failure = failureFor(layer, '999 Purple');
  return { ...failure, name: failure.code, retry: failure.retry.kind };
}

function without(rule: (wording: Wording) => boolean): readonly string[] {
  return WORDINGS.filter((wording) => !rule(wording)).map(
    ({ name, sentence, advice }) => `${name}: ${sentence} / ${advice}`,
  );
}

describe('what staff read about a failure', () => {
  test('says in one whole sentence what happened', () => {
    expect(without(({ sentence }) => /^\p{Lu}[^.]*(?:\.\w[^.]*)*[^.]\.$/u.test(sentence))).toEqual([]);
    expect(without(({ sentence }) => sentence.split(' ').length > 3)).toEqual([]);
  });

  test('says it without jargon and without a code', () => {
    expect(without(({ sentence }) => !JARGON.test(sentence) && !CODE.test(sentence))).toEqual([]);
  });

  test('says in whole sentences what to do', () => {
    expect(without(({ advice }) => /^\p{Lu}.*\.$/u.test(advice))).toEqual([]);
    expect(without(({ advice }) => !/\b(we|us|our|helpdesk|bundle)\b/i.test(advice))).toEqual([]);
  });

  test('sends nobody to the Reset of an email where it can be met without one, as in the wizard’s test', () => {
    const isAtEmail = ({ name }: Wording): boolean => name.startsWith('delivery ');
    expect(without((wording) => isAtEmail(wording) || !/\bpress Reset\b/i.test(wording.advice))).toEqual([]);
  });

  test('keeps the words of IT to what is handed on to them', () => {
    const forStaff = ({ advice }: Wording): string => advice.split(TO_IT)[0] ?? '';
    expect(without((wording) => !JARGON.test(forStaff(wording)) && !CODE.test(forStaff(wording)))).toEqual([]);
  });

  test('names those who put it right, and what happens by itself', () => {
    const namesIt = /IT support|“Copy message for IT”/;
    expect(without(({ fixedBy, advice }) => fixedBy !== 'admin' || namesIt.test(advice))).toEqual([]);
    const namesUs = /EXACT support|press Authenticate/i;
    expect(without(({ fixedBy, advice }) => fixedBy !== 'vendor' || namesUs.test(advice))).toEqual([]);
    const byItself = /^(Nothing to do|It may pass by itself)/;
    expect(
      without(({ fixedBy, advice, retry }) => fixedBy !== 'nobody' || (retry === 'backoff' && byItself.test(advice))),
    ).toEqual([]);
  });
});
