import { FailureError, type Clock, type Failure } from '@exact/host-contracts';
import type { ImapFlowError } from 'imapflow';
import { asFailure, failureFor } from '../../failures/failures.js';
import { MAILBOX_NOT_OPEN } from '../mailbox.js';
import { SERVER_UNAVAILABLE } from './available-server.js';

/** Failures that say nothing of a message or of an access token: the server as a whole does not serve us now. */
const OF_THE_SERVER: ReadonlySet<string> = new Set([
  MAILBOX_NOT_OPEN,
  SERVER_UNAVAILABLE,
  'throttled',
  'too-many-connections',
]);

/**
 * What the failures of one connection mean. Its `logger` is given to imapflow, which tells some refusals and each throttling
 * nowhere else; nothing of it is logged, since its lines may hold a token.
 */
export class ConnectionFailures {
  /** Closes the connection: imapflow would wait out a throttling of minutes in silence. */
  onThrottled = nothing;
  readonly logger = {
    trace: nothing,
    debug: nothing,
    info: nothing,
    fatal: nothing,
    warn: (entry: unknown): void => {
      this.hear(entry);
    },
    error: (entry: unknown): void => {
      this.hear(entry);
    },
  };
  /** What the server said last when it refused a command. */
  private refusal = '';
  private throttled: Failure | undefined;

  constructor(private readonly clock: Clock) {}

  /** What a failing command or connection means. */
  explain(thrown: unknown): Failure {
    if (thrown instanceof FailureError) return thrown.failure;
    if (this.throttled) return this.throttled;
    const said = this.words(thrown as ImapFlowError);
    return transient(said === '' ? asFailure(thrown, 'network') : failureFor('imap', said));
  }

  /** Why the server refused the access token; `undefined` when something else failed. */
  refusedToken(thrown: unknown): Failure | undefined {
    const error = thrown as ImapFlowError;
    if (error.authenticationFailed !== true || this.throttled) return undefined;
    const failure = failureFor('imap', this.words(error));
    // Exchange takes the token of somebody whose mailbox does not open, and refuses the next command.
    if (OF_THE_SERVER.has(failure.code)) return undefined;
    return { ...failure, retry: { kind: 'never' } };
  }

  /** Why the connection is closed, although no command failed by it. */
  closed(byeReason: string | undefined): Failure {
    return this.throttled ?? failureFor('imap', `* BYE ${byeReason ?? 'connection closed'}`);
  }

  private words(error: ImapFlowError): string {
    return [serverWords(error), this.refusal].filter(Boolean).join(' ');
  }

  private hear(entry: unknown): void {
    const { err } = (entry ?? {}) as { readonly err?: ImapFlowError };
    if (!err) return;
    const words = serverWords(err);
    if (words !== '') this.refusal = words;
    if (err.throttleReset === undefined || this.throttled) return;
    this.throttled = failureFor('imap', words, { now: this.clock.now() });
    // It tells before it begins to wait, and only a wait that has begun ends with the connection.
    queueMicrotask(() => {
      this.onThrottled();
    });
  }
}

/** Whether the server answered a command with NO. */
export function isRefusal(thrown: unknown): thrown is ImapFlowError {
  return Error.isError(thrown) && (thrown as ImapFlowError).responseStatus === 'NO';
}

/** The server's own words in an error of imapflow; empty when it has none. */
export function serverWords({ responseText, response }: ImapFlowError): string {
  return responseText ?? (typeof response === 'string' ? response : '');
}

/** A mailbox that did not open today may open later: only the broker says that a person has to sign in. */
function transient(failure: Failure): Failure {
  return failure.retry.kind === 'after-sign-in' ? { ...failure, retry: { kind: 'backoff' } } : failure;
}

function nothing(): void {
  // imapflow calls it.
}
