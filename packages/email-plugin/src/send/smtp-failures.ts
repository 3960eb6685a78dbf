import type { Failure } from '@exact/host-contracts';
import { failureFor } from '../failures/failures.js';

/** DNS, network, TLS or greeting: it passes by itself, and says nothing about who signed in. */
export function connectionFailed({ message, reply }: { message: string; reply: string | undefined }): Failure {
  return {
    ...(reply === undefined ? failureFor('network', message) : failureFor('smtp', reply)),
    retry: { kind: 'backoff' },
  };
}

/**
 * Signed in at Microsoft, but not let in here with a fresh access token: no new sign-in can help, because only Microsoft's
 * sign-in says that one has ended. A reply of class 4 passes by itself (RFC 5321 section 4.2.1).
 */
export function signInRefused(reply: string): Failure {
  return { ...failureFor('smtp', reply), retry: { kind: reply.startsWith('4') ? 'backoff' : 'never' } };
}

/** Nothing was taken: a repeat is safe. */
export function lostBeforeData(words: string): Failure {
  return { ...failureFor('network', words), retry: { kind: 'backoff' } };
}

/** RFC 5321 section 4.5.3.2.6: whoever lost the reply does not know what the server did. */
export function lostAfterData(words: string): Failure {
  return {
    code: 'send.uncertain',
    sentence: 'The connection broke while Microsoft was taking this email, so we can’t tell whether it arrived.',
    fixedBy: 'user',
    advice:
      'EXACT looks for it in Sent Items by itself. If it stays like this, ask the recipient, then say whether it arrived or should be sent again.',
    retry: { kind: 'never' },
    details: failureFor('network', words).details ?? words,
  };
}
