import { describe, expect, test } from '@jest/globals';
import type { Failure } from '@exact/host-contracts';
import { CODE, JARGON, TO_IT } from '../../test/support/plain-words.js';
import { failureFor } from './failures.js';

/** Every module that makes failures of the plugin's own. */
const MODULES: Readonly<Record<string, object>> = {
  probe: await import('../probe/probe-failures.js'),
  report: await import('../receive/message/report/report-failures.js'),
  receive: await import('../receive/receive-failures.js'),
  send: await import('../send/send-failures.js'),
  setup: await import('../setup/setup-failures.js'),
  'sign-in': await import('../sign-in/sign-in-failures.js'),
  approval: await import('../sign-in/approval/approval-failures.js'),
};

const CAUSE = failureFor('smtp', '550 5.7.60 SMTP; Client does not have permissions to send as this sender');
const GIVEN = ['manager@brightsmile.example', 'info@brightsmile.example', CAUSE];

/** What each of them says, whatever it is given. */
const OWN = Object.entries(MODULES).flatMap(([name, module]) =>
  Object.entries(module as Record<string, unknown>).flatMap(([made, make]) =>
    typeof make === 'function'
      ? [[`${name} ${made}`, (make as (...given: unknown[]) => Failure)(...GIVEN)] as const]
      : [],
  ),
);

describe('what staff read about a failure of the plugin’s own', () => {
  test.each(OWN)('%s is said without jargon and without a code', (_name, { sentence, advice }) => {
    // A reason of the host's is a sentence itself.
    expect(sentence.replace(/: manager\S+$/, ': It is a copy.')).toMatch(/^\S.*[.]$/u);
    expect(sentence).not.toMatch(JARGON);
    expect(sentence).not.toMatch(CODE);
    expect(advice).toMatch(/^$|^\p{Lu}.*[.]$/u);
    expect(advice.split(TO_IT)[0]).not.toMatch(JARGON);
  });

  test.each(OWN)('%s names who puts it right', (_name, { fixedBy, advice }) => {
    if (fixedBy === 'admin') expect(advice).toMatch(/IT support|“Copy message for IT”/);
    if (fixedBy === 'vendor') expect(advice).toMatch(/EXACT support/);
  });
});
