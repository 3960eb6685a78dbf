import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { Ended } from './relay-wire.js';

/** What is at a step: the connection goes on, or breaks there. */
export type AtStep = 'goes on' | 'breaks';

/** Stands between clients and a server, tells of each step of their dialogues, and breaks them where it is told to. */
export abstract class CuttingRelay implements AsyncDisposable {
  /** Asked at each step with its name. */
  onStep: (step: string) => Promise<AtStep> = () => Promise.resolve('goes on');
  /** How many connections are open. */
  connections = 0;
  private readonly sockets = new Set<Socket>();

  protected constructor(private readonly listener: Server) {
    listener.on('connection', (client: Socket) => void this.serve(client));
  }

  protected static async listen(): Promise<Server> {
    const listener = createServer().listen(0, '127.0.0.1');
    await once(listener, 'listening');
    return listener;
  }

  get port(): number {
    const address = this.listener.address();
    if (address === null || typeof address === 'string') throw new TypeError('The relay has no port');
    return address.port;
  }

  /** @throws Ended when the connection is to break there */
  async step(name: string): Promise<void> {
    if ((await this.onStep(name)) === 'breaks') throw new Ended();
  }

  /** Breaks every connection. */
  breakAll(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.listener, 'close');
    this.listener.close();
    this.breakAll();
    await closed;
  }

  /** TCP port of the server. */
  protected abstract upstreamPort(): number | Promise<number>;
  /** Hands on until one side goes. @throws Ended then */
  protected abstract handOn(client: Socket, upstream: Socket): Promise<never>;

  private async serve(client: Socket): Promise<void> {
    this.connections += 1;
    const upstream = connect(await this.upstreamPort(), '127.0.0.1');
    for (const socket of [client, upstream]) this.sockets.add(socket.setNoDelay(true));
    try {
      await this.handOn(client, upstream);
    } catch (error) {
      if (!(error instanceof Ended)) throw error;
    } finally {
      client.destroy();
      // What was handed on before the break still arrives.
      upstream.end();
      for (const socket of [client, upstream]) this.sockets.delete(socket);
      this.connections -= 1;
    }
  }
}
