import type { Failure } from '@exact/host-contracts';

/** A report says that it is still tried. */
export function delayed(details?: string): Failure {
  return {
    code: 'delivery.delayed',
    sentence: 'This email is late: the recipient’s email provider has not taken it yet.',
    fixedBy: 'nobody',
    advice: 'Nothing to do: Microsoft keeps trying, and EXACT shows it if that fails.',
    retry: { kind: 'backoff' },
    ...(details !== undefined && { details }),
  };
}
