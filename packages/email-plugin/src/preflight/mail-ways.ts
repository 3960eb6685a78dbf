import { once } from 'node:events';
import type { Socket } from 'node:net';
import { FailureError, type MailServer } from '@exact/host-contracts';
import { failureFor } from '../failures/failures.js';
import type { Network } from '../network/network.js';
import { encrypt } from '../network/secure-connection.js';

/** A greeting and the list of extensions are shorter by far. */
const REPLY_BYTES = 16 * 1024;

/** The way to IMAP with implicit TLS (RFC 8314). Throws what is in it. */
export async function lookAtImap(server: MailServer, network: Network, signal: AbortSignal): Promise<void> {
  const secured = await encrypt(await network.connect(server, signal), server, signal);
  secured.destroy();
}

/** The way to submission with STARTTLS (RFC 6409, RFC 3207). Throws what is in it. */
export async function lookAtSubmission(server: MailServer, network: Network, signal: AbortSignal): Promise<void> {
  const socket = await network.connect(server, signal);
  try {
    const greeting = await replyOf(socket, signal);
    if (!greeting.startsWith('220')) throw new FailureError(failureFor('smtp', greeting));
    socket.write('EHLO [127.0.0.1]\r\n');
    if (!/^250[ -]STARTTLS\b/im.test(await replyOf(socket, signal))) throw notEncrypted(server);
    socket.write('STARTTLS\r\n');
    if (!(await replyOf(socket, signal)).startsWith('220')) throw notEncrypted(server);
    (await encrypt(socket, server, signal)).destroy();
  } finally {
    socket.destroy();
  }
}

function notEncrypted({ host, port }: MailServer): Error {
  return Object.assign(new Error(`${host}:${port} does not offer STARTTLS`), { code: 'ERR_NO_STARTTLS' });
}

/** All lines of one reply (RFC 5321 section 4.2.1). */
async function replyOf(socket: Socket, signal: AbortSignal): Promise<string> {
  let reply = '';
  const ended = new AbortController();
  const stop = AbortSignal.any([signal, ended.signal]);
  const onEnd = (): void => {
    ended.abort(Object.assign(new Error('the server closed the connection'), { code: 'ECONNRESET' }));
  };
  socket.once('end', onEnd);
  try {
    while (!/^\d{3}(?: .*)?\r?\n/m.test(reply)) {
      const [chunk] = (await once(socket, 'data', { signal: stop })) as [Buffer];
      reply += chunk.toString('latin1');
      if (reply.length > REPLY_BYTES) throw new Error('a reply without an end');
    }
    return reply;
  } catch (error) {
    stop.throwIfAborted();
    throw error;
  } finally {
    socket.off('end', onEnd);
  }
}
