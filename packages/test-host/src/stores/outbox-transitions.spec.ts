import type { OutboxState } from '@exact/host-contracts';
import { describe, expect, test } from '@jest/globals';
import { isAllowed, OUTBOX_TRANSITIONS, type OutboxStep } from './outbox-transitions.js';

const STATES: readonly OutboxState[] = [
  'queued',
  'claimed',
  'submitting',
  'sent',
  'failed',
  'uncertain',
  'held',
  'stopped',
];

describe('the table of what may happen to an email', () => {
  test('lets nothing that was stopped leave again', () => {
    expect(leaving('stopped')).toEqual([]);
  });

  test('lets what was sent leave again only by a reset', () => {
    expect(leaving('sent')).toEqual([{ step: 'reset', to: 'queued' }]);
  });

  test('lets an email in doubt go out again only by a person', () => {
    expect(leaving('uncertain').filter(({ to }) => to === 'queued')).toEqual([{ step: 'decide', to: 'queued' }]);
  });

  test('lets an email be submitted only when it was claimed', () => {
    const into = STATES.filter((from) => leaving(from).some(({ to }) => to === 'submitting'));
    expect(into).toEqual(['claimed']);
  });

  test('lets a held email go only by a person', () => {
    expect(leaving('held')).toEqual([
      { step: 'release', to: 'queued' },
      { step: 'stop', to: 'stopped' },
    ]);
  });
});

function leaving(from: OutboxState): readonly { readonly step: OutboxStep; readonly to: OutboxState }[] {
  const steps = Object.keys(OUTBOX_TRANSITIONS) as OutboxStep[];
  return steps.flatMap((step) => STATES.filter((to) => isAllowed(step, from, to)).map((to) => ({ step, to })));
}
