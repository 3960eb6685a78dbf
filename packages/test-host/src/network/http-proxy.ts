import { createServer, type IncomingMessage, type Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { listenOnLoopback } from './listen.js';

/** A place to go to. */
export interface Place {
  readonly host: string;
  readonly port: number;
}

/** What a proxy does with everybody. */
export type ProxyMood = 'lets-through' | 'refuses' | 'hangs';

export interface HttpProxyOptions {
  /** Only who shows them is let through (Basic, RFC 7617). Default: everybody. */
  readonly credentials?: { readonly name: string; readonly password: string };
  /** Where a tunnel leads that is asked for under another place: `host:port` to the true one. */
  readonly routes?: ReadonlyMap<string, Place>;
}

/** An HTTP proxy on loopback that knows CONNECT and nothing else (RFC 9110 section 9.3.6). */
export interface HttpProxy extends AsyncDisposable {
  /** `http://127.0.0.1:<port>`, without credentials. */
  readonly url: string;
  mood: ProxyMood;
  /** The places that tunnels were opened to, as they were asked for, in order. */
  readonly tunnels: readonly string[];
  /** How many askers were turned away. */
  readonly refused: number;
}

/** @throws the system's error when no port is free */
export async function startHttpProxy(options: HttpProxyOptions = {}): Promise<HttpProxy> {
  const proxy = new ConnectProxy(options);
  await proxy.listen();
  return proxy;
}

class ConnectProxy implements HttpProxy {
  mood: ProxyMood = 'lets-through';
  refused = 0;
  url = '';
  readonly tunnels: string[] = [];
  readonly #server: Server = createServer((_request, response) => {
    response.writeHead(405).end();
  });
  readonly #open = new Set<Duplex>();

  constructor(private readonly options: HttpProxyOptions) {
    this.#server.on('connect', (request: IncomingMessage, client: Duplex, head: Buffer) => {
      this.#keep(client);
      this.#answer(request, client, head);
    });
  }

  async listen(): Promise<void> {
    this.url = `http://127.0.0.1:${await listenOnLoopback(this.#server)}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = Promise.withResolvers<undefined>();
    this.#server.close(() => closed.resolve(undefined));
    this.#server.closeAllConnections();
    for (const stream of this.#open) stream.destroy();
    await closed.promise;
  }

  #answer(request: IncomingMessage, client: Duplex, head: Buffer): void {
    if (this.mood === 'hangs') return;
    if (!this.#isKnown(request)) {
      this.#refuse(client, '407 Proxy Authentication Required', 'Proxy-Authenticate: Basic realm="practice"');
    } else if (this.mood === 'refuses') {
      this.#refuse(client, '403 Forbidden');
    } else {
      this.#tunnel(request.url ?? '', client, head);
    }
  }

  #isKnown({ headers }: IncomingMessage): boolean {
    const { credentials } = this.options;
    if (!credentials) return true;
    const expected = Buffer.from(`${credentials.name}:${credentials.password}`).toString('base64');
    return headers['proxy-authorization'] === `Basic ${expected}`;
  }

  #refuse(client: Duplex, status: string, ...headers: readonly string[]): void {
    this.refused += 1;
    client.end([`HTTP/1.1 ${status}`, ...headers, 'Content-Length: 0', '', ''].join('\r\n'));
  }

  #tunnel(asked: string, client: Duplex, head: Buffer): void {
    const server = this.#connect(asked);
    this.#keep(server);
    const refuse = () => this.#refuse(client, '502 Bad Gateway');
    server.once('error', refuse);
    client.once('close', () => server.destroy());
    server.once('connect', () => {
      server.off('error', refuse);
      server.once('close', () => client.destroy());
      this.tunnels.push(asked);
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      server.write(head);
      client.pipe(server).pipe(client);
    });
  }

  #connect(asked: string): Socket {
    const [, host = '', port = ''] = /^\[?(.*?)\]?:(\d+)$/.exec(asked) ?? [];
    return connect(this.options.routes?.get(asked) ?? { host, port: Number(port) });
  }

  #keep(stream: Duplex): void {
    this.#open.add(stream);
    stream.on('error', () => undefined);
    stream.once('close', () => this.#open.delete(stream));
  }
}
