import type { Failure } from '@exact/host-contracts';

/** Nothing is received into a copy of the practice's database. */
export function notGenuineReceiving(reason: string): Failure {
  return {
    code: 'receive.not-genuine',
    sentence: `Nothing is received into this database: ${reason}`,
    fixedBy: 'nobody',
    advice: 'Open the practice’s live database to receive email.',
    retry: { kind: 'backoff' },
  };
}
