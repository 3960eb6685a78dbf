import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, TLSSocket } from 'node:tls';
import type { ServerCertificate } from '../microsoft365/certificates.js';
import { listenOnLoopback } from './listen.js';

/** A server on loopback that stands in another's place. Disposing closes each connection of it. */
export interface Decoy extends AsyncDisposable {
  readonly port: number;
}

/** A port where nobody listens: whoever connects is refused, as by a firewall. */
export async function closedPort(): Promise<number> {
  await using gone = await startDecoy(createServer());
  return gone.port;
}

/** Takes every connection and never says a word, as a firewall that lets all packets disappear. */
export function startSilentServer(): Promise<Decoy> {
  return startDecoy(createServer());
}

/** TLS from the first byte with that certificate, as a security product shows its own. */
export function startTlsServer({ key, chain }: ServerCertificate): Promise<Decoy> {
  const server = createTlsServer({ key, cert: chain });
  server.on('tlsClientError', () => undefined);
  return startDecoy(server);
}

/** Submission as far as STARTTLS with that certificate; without one it does not offer STARTTLS. */
export function startSubmissionServer(certificate?: ServerCertificate): Promise<Decoy> {
  return startDecoy(
    createServer((socket) => {
      socket.write('220 decoy ESMTP\r\n');
      let heard = '';
      const hear = (chunk: Buffer): void => {
        heard += chunk.toString('latin1');
        for (let end = heard.indexOf('\r\n'); end >= 0; end = heard.indexOf('\r\n')) {
          const command = heard.slice(0, end).toUpperCase();
          heard = heard.slice(end + 2);
          if (command === 'STARTTLS' && certificate) socket.off('data', hear);
          answer(socket, command, certificate);
        }
      };
      socket.on('data', hear);
    }),
  );
}

function answer(socket: Socket, command: string, certificate: ServerCertificate | undefined): void {
  if (command.startsWith('EHLO')) {
    socket.write(certificate ? '250-decoy\r\n250 STARTTLS\r\n' : '250-decoy\r\n250 SIZE 1000000\r\n');
  } else if (command === 'STARTTLS' && certificate) {
    socket.write('220 2.0.0 Ready\r\n');
    const { key, chain } = certificate;
    new TLSSocket(socket, { isServer: true, key, cert: chain }).on('error', () => undefined);
  } else if (command === 'QUIT') {
    socket.end('221 2.0.0 Bye\r\n');
  } else {
    socket.write('502 5.5.1 Not here\r\n');
  }
}

/** Listens with it on a free port. */
export async function startDecoy(server: Server): Promise<Decoy> {
  const open = new Set<Socket>();
  server.on('connection', (socket) => {
    open.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => open.delete(socket));
  });
  const port = await listenOnLoopback(server);
  return {
    port,
    [Symbol.asyncDispose]: async () => {
      const closed = Promise.withResolvers<undefined>();
      server.close(() => closed.resolve(undefined));
      for (const socket of open) socket.destroy();
      await closed.promise;
    },
  };
}
