import { describe, expect, test } from '@jest/globals';
import { overallState, type HealthState } from './service-health.js';

describe('the indicator', () => {
  test.each<[HealthState[], HealthState]>([
    [[], 'off'],
    [['off', 'off'], 'off'],
    [['working', 'off'], 'working'],
    [['working', 'needs attention'], 'needs attention'],
    [['sign-in required', 'needs attention'], 'sign-in required'],
  ])('shows the worst of %j: %s', (states, overall) => {
    const reports = states.map((state, index) => ({
      part: index === 0 ? ('receive' as const) : ('send' as const),
      state,
    }));
    expect(overallState(reports)).toBe(overall);
  });
});
