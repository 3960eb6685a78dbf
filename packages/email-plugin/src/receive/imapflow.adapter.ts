import { FailureError, type Failure } from '@exact/host-contracts';
import { ImapFlow, type ImapFlowError } from 'imapflow';
import { failureFor } from '../failures/failures.js';
import type { AccessTokens } from '../sign-in/sign-in.js';
import { imapFailure, serverWords } from './imapflow-failure.adapter.js';
import { ImapflowMailbox } from './imapflow-mailbox.adapter.js';
import type { Mailbox, MailboxRequest } from './mailbox.js';

/** RFC 2177: IDLE ends before 29 minutes, or the server may take us for dead. */
const IDLE_LIMIT_MS = 28 * 60_000;
const CONNECT_LIMIT_MS = 30_000;

/** Signs in with XOAUTH2 and opens INBOX with EXAMINE. A refused access token is renewed once. */
export async function openMailbox(request: MailboxRequest): Promise<Mailbox> {
  const first = await tryToOpen(request, await accessToken(request.tokens, false));
  if (!('refused' in first)) return first;
  const second = await tryToOpen(request, await accessToken(request.tokens, true));
  if (!('refused' in second)) return second;
  throw new FailureError(second.refused);
}

async function accessToken(tokens: AccessTokens, renew: boolean): Promise<string> {
  const outcome = await tokens.accessToken({ renew });
  if (outcome.kind !== 'token') throw new FailureError(outcome.failure);
  return outcome.accessToken;
}

/** The mailbox, or the words with which the server refused the token. Throws a `FailureError` for all else. */
async function tryToOpen(request: MailboxRequest, token: string): Promise<Mailbox | { readonly refused: Failure }> {
  const { server, user, signal } = request;
  signal.throwIfAborted();
  const words = new ServerWords();
  const client = new ImapFlow({
    host: server.host,
    port: server.port,
    secure: true,
    auth: { user, accessToken: token },
    tls: { minVersion: 'TLSv1.2', ...(server.ca !== undefined && { ca: server.ca }) },
    logger: words,
    // Some tenants offer a rev2 whose search is broken; COMPRESS costs more than it saves near the server.
    disableIMAP4rev2: true,
    disableAutoEnable: true,
    disableAutoIdle: true,
    disableCompression: true,
    missingIdleCommand: 'NOOP',
    maxIdleTime: IDLE_LIMIT_MS,
    connectionTimeout: CONNECT_LIMIT_MS,
    greetingTimeout: CONNECT_LIMIT_MS,
  });
  client.on('error', (error) => {
    words.failed = error;
  });
  const close = () => {
    client.close();
  };
  signal.addEventListener('abort', close);
  try {
    await client.connect();
    const mailbox = await client.mailboxOpen('INBOX', { readOnly: true });
    return new ImapflowMailbox(client, mailbox, signal, () => {
      signal.removeEventListener('abort', close);
    });
  } catch (error) {
    signal.removeEventListener('abort', close);
    client.close();
    signal.throwIfAborted();
    return refusedOrThrow(error as ImapFlowError, words);
  }
}

function refusedOrThrow(error: ImapFlowError, words: ServerWords): { readonly refused: Failure } {
  const said = [serverWords(error), words.refusal].filter(Boolean).join(' ');
  // A new sign-in is asked for by the broker only: the server's refusal is a matter of rights or of its own state.
  if (error.authenticationFailed === true) {
    return { refused: { ...failureFor('imap', said), retry: { kind: 'never' } } };
  }
  throw new FailureError(imapFailure(error, said), { cause: error });
}

/** imapflow tells some refusals to its logger only; nothing of it is logged. */
class ServerWords {
  /** What the server said last when it refused a command. */
  refusal = '';
  failed: unknown;

  readonly trace = nothing;
  readonly debug = nothing;
  readonly info = nothing;
  readonly fatal = nothing;

  readonly warn = (entry: unknown): void => {
    this.keep(entry);
  };

  readonly error = (entry: unknown): void => {
    this.keep(entry);
  };

  private keep(entry: unknown): void {
    const { err } = (entry ?? {}) as { readonly err?: ImapFlowError };
    if (err) this.refusal = serverWords(err) || this.refusal;
  }
}

function nothing(): void {
  // Its lines are for imapflow's developers, and may hold a token.
}
