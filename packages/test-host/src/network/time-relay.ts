import { createServer, request } from 'node:http';
import { listenOnLoopback } from './listen.js';

/** An HTTP server on loopback. */
export interface Relay extends AsyncDisposable {
  /** `http://127.0.0.1:<port>`. */
  readonly url: string;
}

/** Passes all on to another HTTP server, whose answers seem to come from another time. */
export async function startRelayFromAnotherTime(to: string, aheadMs: number): Promise<Relay> {
  const { hostname, port } = new URL(to);
  const server = createServer((asked, answered) => {
    const { method, url: path, headers } = asked;
    const passed = request({ hostname, port, method, path, headers }, (answer) => {
      const told = Date.parse(answer.headers.date ?? '');
      const date = new Date((Number.isNaN(told) ? Date.now() : told) + aheadMs).toUTCString();
      answered.writeHead(answer.statusCode ?? 502, { ...answer.headers, date });
      answer.pipe(answered);
    });
    passed.on('error', () => answered.destroy());
    asked.pipe(passed);
  });
  const url = `http://127.0.0.1:${await listenOnLoopback(server)}`;
  return {
    url,
    [Symbol.asyncDispose]: async () => {
      const closed = Promise.withResolvers<undefined>();
      server.close(() => closed.resolve(undefined));
      server.closeAllConnections();
      await closed.promise;
    },
  };
}
