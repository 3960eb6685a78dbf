import { FailureError, type Failure } from '@exact/host-contracts';
import type { ImapFlowError } from 'imapflow';
import { asFailure, failureFor } from '../failures/failures.js';

/** What a failing command or connection means; `words` when the error itself says less. */
export function imapFailure(thrown: unknown, words = ''): Failure {
  if (thrown instanceof FailureError) return thrown.failure;
  const error = thrown as ImapFlowError;
  if (error.code === 'ETHROTTLE' || error.throttleReset !== undefined) {
    const retryAt = Date.now() + (error.throttleReset ?? 60_000);
    return failureFor('imap', serverWords(error), { retryAt });
  }
  const said = words || serverWords(error);
  if (said !== '') return transient(failureFor('imap', said));
  return transient(asFailure(error, 'network'));
}

/** A mailbox that did not open today may open later: nothing here is final but what a person changes. */
function transient(failure: Failure): Failure {
  return failure.retry.kind === 'after-sign-in' ? { ...failure, retry: { kind: 'backoff' } } : failure;
}

/** The server's own words in an error of imapflow; empty when it has none. */
export function serverWords({ responseText, response }: ImapFlowError): string {
  return responseText ?? (typeof response === 'string' ? response : '');
}
