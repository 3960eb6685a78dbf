import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { ServerAddress } from './network.js';

/** TCP, over IPv6 or IPv4, whichever answers (RFC 8305). Throws the system's error, or the signal's reason. */
export async function connectDirectly({ host, port }: ServerAddress, signal: AbortSignal): Promise<Socket> {
  signal.throwIfAborted();
  const socket = connect({ host, port, autoSelectFamily: true });
  try {
    await once(socket, 'connect', { signal });
    return socket;
  } catch (error) {
    socket.destroy();
    signal.throwIfAborted();
    throw error;
  }
}
