import { once } from 'node:events';
import { isIP, type Socket } from 'node:net';
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls';
import type { MailServer } from '@exact/host-contracts';

/** Whom the other side has to be. */
export type Identity = Pick<MailServer, 'host' | 'ca'>;

/** How each connection of the plugin is encrypted: TLS 1.2 at least, checked against the server's own name, through a proxy too. */
export function tlsOptions({ host, ca }: Identity): ConnectionOptions {
  return {
    host,
    // An IP address is no name for SNI (RFC 6066 section 3); the certificate is checked against it all the same.
    ...(isIP(host) === 0 && { servername: host }),
    minVersion: 'TLSv1.2',
    ...(ca !== undefined && { ca }),
  };
}

/**
 * Begins TLS on an open connection, which belongs to the result from then on.
 *
 * @throws the system's error (`CERT_HAS_EXPIRED` …), or the signal's reason; the connection is closed then
 */
export async function encrypt(socket: Socket, identity: Identity, signal: AbortSignal): Promise<TLSSocket> {
  const secured = connect({ ...tlsOptions(identity), socket });
  try {
    await once(secured, 'secureConnect', { signal });
    return secured;
  } catch (error) {
    secured.destroy();
    socket.destroy();
    signal.throwIfAborted();
    throw error;
  }
}
