import { connect as connectOverTls } from 'node:tls';
import { FailureError, type Clock, type Failure } from '@exact/host-contracts';
import { ImapFlow } from 'imapflow';
import type { Network } from '../../network/network.js';
import { tlsOptions } from '../../network/secure-connection.js';
import type { AccessTokens } from '../../sign-in/sign-in.js';
import { ConnectionFailures } from './imapflow-failure.adapter.js';
import { ImapflowMailbox } from './imapflow-mailbox.adapter.js';
import type { MailboxRequest } from '../mailbox.js';

/** RFC 2177: IDLE ends before 29 minutes, or the server may take us for dead. */
const IDLE_LIMIT_MS = 28 * 60_000;
const CONNECT_LIMIT_MS = 30_000;
const MIB = 1024 * 1024;
/**
 * A server that answers without an end is cut off. A literal is a message that is asked for whole, of 4 MiB by the server's own
 * word, which can be wrong by a factor of three; a line is at most the UIDs of a million messages.
 */
const ANSWER_LIMITS = { maxLineLength: 16 * MIB, maxLiteralSize: 64 * MIB, maxResponseSize: 96 * MIB };

/** Signs in with XOAUTH2 and opens INBOX with EXAMINE. A refused access token is renewed once. */
export async function openMailbox(request: MailboxRequest, clock: Clock, network: Network): Promise<ImapflowMailbox> {
  const first = await tryToOpen(request, await accessToken(request.tokens, false), clock, network);
  if (!('refused' in first)) return first;
  const second = await tryToOpen(request, await accessToken(request.tokens, true), clock, network);
  if (!('refused' in second)) return second;
  throw new FailureError(second.refused);
}

async function accessToken(tokens: AccessTokens, renew: boolean): Promise<string> {
  const outcome = await tokens.accessToken({ renew });
  if (outcome.kind !== 'token') throw new FailureError(outcome.failure);
  return outcome.accessToken;
}

/** The mailbox, or why the server refused the token. Throws a `FailureError` for all else. */
async function tryToOpen(
  request: MailboxRequest,
  token: string,
  clock: Clock,
  network: Network,
): Promise<ImapflowMailbox | { readonly refused: Failure }> {
  const { server, user, signal } = request;
  signal.throwIfAborted();
  const failures = new ConnectionFailures(clock);
  const socket = await network.connect(server, signal, { limitMs: CONNECT_LIMIT_MS }).catch((error: unknown) => {
    signal.throwIfAborted();
    throw new FailureError(failures.explain(error), { cause: error });
  });
  const client = new ImapFlow({
    host: server.host,
    port: server.port,
    secure: true,
    auth: { user, accessToken: token },
    // The way is the plugin's own, through a proxy too; the certificate is checked against the server's name.
    transport: { connect: (_to, onConnect) => connectOverTls({ ...tlsOptions(server), socket }, onConnect) },
    logger: failures.logger,
    // Some tenants offer a rev2 whose search is broken; COMPRESS costs more than it saves near the server.
    disableIMAP4rev2: true,
    disableAutoEnable: true,
    disableAutoIdle: true,
    disableCompression: true,
    missingIdleCommand: 'NOOP',
    maxIdleTime: IDLE_LIMIT_MS,
    connectionTimeout: CONNECT_LIMIT_MS,
    greetingTimeout: CONNECT_LIMIT_MS,
    ...ANSWER_LIMITS,
  });
  // Whatever fails shows in the command that it fails.
  client.on('error', () => undefined);
  const close = () => {
    client.close();
  };
  failures.onThrottled = close;
  signal.addEventListener('abort', close);
  const forget = () => {
    signal.removeEventListener('abort', close);
  };
  try {
    await client.connect();
    const mailbox = await client.mailboxOpen('INBOX', { readOnly: true });
    const openAnother = () => openMailbox(request, clock, network);
    return new ImapflowMailbox({ client, mailbox, failures, signal, openAnother, onDispose: forget });
  } catch (error) {
    forget();
    client.close();
    signal.throwIfAborted();
    const refused = failures.refusedToken(error);
    if (refused) return { refused };
    throw new FailureError(failures.explain(error), { cause: error });
  }
}
