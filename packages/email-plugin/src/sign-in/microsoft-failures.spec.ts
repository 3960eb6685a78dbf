import { describe, expect, test } from '@jest/globals';
import { SERVER_LINES } from '../../test/support/server-lines/server-lines.js';
import { approvalNeededAgain } from './approval/approval-failures.js';
import { outsideSetup, renewalRefused, signInEnded } from './microsoft-failures.js';

const LINES = SERVER_LINES.filter(([layer]) => layer === 'entra' || layer === 'oauth');
const NOW = Date.parse('2026-11-23T10:00:00Z');

describe('whoever is not in the wizard', () => {
  test.each(LINES)('is sent to no button that only the wizard has: %s %s', (_layer, _code, line) => {
    for (const { advice } of [signInEnded(line), renewalRefused(line, NOW)]) {
      expect(advice).not.toMatch(/(?<!Re-)\bAuthenticate\b/);
      expect(advice.replace('“Copy message for IT” under Configure > Email and SMS Setup', '')).not.toMatch(
        /Copy message for IT|Account Details/,
      );
    }
  });

  test('is sent to the wizard’s button where the wizard is named', () => {
    expect(outsideSetup(approvalNeededAgain())).toEqual(approvalNeededAgain());
  });
});
