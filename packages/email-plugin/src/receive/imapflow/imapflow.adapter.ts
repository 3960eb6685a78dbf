import type { Socket } from 'node:net';
import { connect as connectOverTls } from 'node:tls';
import { FailureError, type Clock, type Failure, type MailServer } from '@exact/host-contracts';
import { ImapFlow } from 'imapflow';
import type { Network } from '../../network/network.js';
import { tlsOptions } from '../../network/secure-connection.js';
import type { AccessTokens } from '../../sign-in/sign-in.js';
import { FetchTap } from './fetch-tap.js';
import { ConnectionFailures } from './imapflow-failure.adapter.js';
import { ImapflowMailbox } from './imapflow-mailbox.adapter.js';
import type { MailboxRequest } from '../mailbox.js';
import { MessageMemory } from '../message-memory.js';
import { unlessSilent, type PatienceLimits } from './silence-watch.js';
import { TappedSocket } from './tapped-socket.js';

const CONNECT_LIMIT_MS = 30_000;
/** A connection that is asked each half minute, with its time to answer, is known to be dead within a minute. */
const LIMITS: PatienceLimits = { askEveryMs: 30_000, answerMs: 15_000, silenceMs: 45_000 };
/** Exchange may take its time over a message that it has to convert. */
const PATIENT_MS = 5 * 60_000;
/** Ours are shorter wherever the server is to speak; where it is not, as while others fetch, nothing is amiss. */
const QUIET_LIMIT_MS = 24 * 60 * 60_000;
const MIB = 1024 * 1024;
/**
 * A server that answers without an end is cut off. A literal is a message that is asked for whole, of 4 MiB by the server's own
 * word, which can be wrong by a factor of three; a line is at most the UIDs of a million messages.
 */
const ANSWER_LIMITS = { maxLineLength: 16 * MIB, maxLiteralSize: 64 * MIB, maxResponseSize: 96 * MIB };

/** What a connection is opened with. */
interface Way {
  readonly clock: Clock;
  readonly network: Network;
  /** What all connections to one mailbox share. */
  readonly memory: MessageMemory;
  readonly limits: PatienceLimits;
}

/** Signs in with XOAUTH2 and opens INBOX with EXAMINE. A refused access token is renewed once. */
export async function openMailbox(
  request: MailboxRequest,
  clock: Clock,
  network: Network,
  limits = LIMITS,
  memory = new MessageMemory(),
): Promise<ImapflowMailbox> {
  const way: Way = {
    clock,
    network,
    memory,
    limits: request.isPatient === true ? { ...limits, silenceMs: PATIENT_MS } : limits,
  };
  const first = await tryToOpen(request, await accessToken(request.tokens, false), way);
  if (!('refused' in first)) return first;
  const second = await tryToOpen(request, await accessToken(request.tokens, true), way);
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
  { clock, network, memory, limits }: Way,
): Promise<ImapflowMailbox | { readonly refused: Failure }> {
  const { server, user, signal } = request;
  signal.throwIfAborted();
  const failures = new ConnectionFailures(clock);
  const socket = await network.connect(server, signal, { limitMs: CONNECT_LIMIT_MS }).catch((error: unknown) => {
    signal.throwIfAborted();
    throw new FailureError(failures.explain(error), { cause: error });
  });
  const tap = new FetchTap();
  const client = clientOver(socket, { server, user, token, failures, tap });
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
    const connection = { heard: () => client.stats().received, close };
    const mailbox = await unlessSilent(connection, limits.silenceMs, async () => {
      await client.connect();
      return client.mailboxOpen('INBOX', { readOnly: true });
    });
    const openAnother = () => openMailbox(request, clock, network, limits, memory);
    return new ImapflowMailbox({
      client,
      tap,
      memory,
      mailbox,
      failures,
      clock,
      limits,
      signal,
      openAnother,
      onDispose: forget,
    });
  } catch (error) {
    forget();
    client.close();
    signal.throwIfAborted();
    const refused = failures.refusedToken(error);
    if (refused) return { refused };
    throw new FailureError(failures.explain(error), { cause: error });
  }
}

/** imapflow over an open connection, signing in with that access token. */
function clientOver(
  socket: Socket,
  options: {
    readonly server: MailServer;
    readonly user: string;
    readonly token: string;
    readonly failures: ConnectionFailures;
    readonly tap: FetchTap;
  },
): ImapFlow {
  const { server, user, token, failures, tap } = options;
  return new ImapFlow({
    host: server.host,
    port: server.port,
    secure: true,
    auth: { user, accessToken: token },
    // The way is the plugin's own, through a proxy too; the certificate is checked against the server's name.
    transport: {
      connect: (_to, onConnect) => new TappedSocket(connectOverTls({ ...tlsOptions(server), socket }, onConnect), tap),
    },
    logger: failures.logger,
    // Some tenants offer a rev2 whose search is broken; COMPRESS costs more than it saves near the server.
    disableIMAP4rev2: true,
    disableAutoEnable: true,
    disableAutoIdle: true,
    disableCompression: true,
    missingIdleCommand: 'NOOP',
    socketTimeout: QUIET_LIMIT_MS,
    connectionTimeout: CONNECT_LIMIT_MS,
    greetingTimeout: CONNECT_LIMIT_MS,
    ...ANSWER_LIMITS,
  });
}
