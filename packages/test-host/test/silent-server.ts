import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

/** A server that takes a connection and never says anything. */
export async function listenSilently() {
  const reached = Promise.withResolvers<undefined>();
  const server: Server = createServer((socket) => {
    reached.resolve(undefined);
    socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' ? (address?.port ?? 0) : 0,
    reached: reached.promise,
    [Symbol.asyncDispose]: async () => {
      server.close();
      await once(server, 'close');
    },
  };
}
