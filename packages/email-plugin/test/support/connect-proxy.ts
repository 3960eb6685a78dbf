import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';

/** How a proxy answers CONNECT: a status line with what follows it, silence, or a tunnel to that port of this machine. */
export type ProxyAnswer = { readonly status: string } | { readonly tunnelTo: number } | 'silence';

/** A proxy on loopback that answers as the test says, and remembers what it was asked. */
export interface ConnectProxy extends AsyncDisposable {
  readonly port: number;
  /** As `host:port`. */
  readonly asked: readonly string[];
  readonly credentials: readonly (string | undefined)[];
}

export async function startConnectProxy(answer: ProxyAnswer): Promise<ConnectProxy> {
  const asked: string[] = [];
  const credentials: (string | undefined)[] = [];
  const sockets = new Set<Socket>();
  const server = createServer();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  server.on('connect', ({ url = '', headers }: IncomingMessage, client: Socket) => {
    asked.push(url);
    credentials.push(headers['proxy-authorization']);
    if (answer === 'silence') return;
    if ('status' in answer) {
      client.end(`HTTP/1.1 ${answer.status}\r\n\r\n`);
      return;
    }
    const behind = connect(answer.tunnelTo, '127.0.0.1');
    sockets.add(behind);
    behind.on('error', () => undefined);
    // With the server's first words at once, as a proxy does that waits for them.
    behind.once('data', (greeting: Buffer) => {
      client.write(Buffer.concat([Buffer.from('HTTP/1.1 200 Connection established\r\n\r\n'), greeting]));
      client.pipe(behind).pipe(client);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('no port');
  return {
    port: address.port,
    asked,
    credentials,
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
