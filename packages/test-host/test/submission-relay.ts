import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { connect as connectTls, TLSSocket } from 'node:tls';
import type { Certificates } from '../src/microsoft365/certificates.js';

/** What is at a step: the connection goes on, or breaks there. */
export type AtStep = 'goes on' | 'breaks';

const FINAL_DOT = '\r\n.\r\n';

/**
 * Stands between a client and a submission server, TLS included, hands on line by line, and tells of each step of the
 * dialogue (RFC 5321): before and after each command, before and after its reply, inside the message, around the final dot.
 */
export class SubmissionRelay implements AsyncDisposable {
  /** Asked at each step with its name, e.g. `before MAIL` or `before the reply to AUTH`. */
  onStep: (step: string) => Promise<AtStep> = () => Promise.resolve('goes on');
  /** How many connections are open. */
  connections = 0;
  private readonly sockets = new Set<Socket>();

  private constructor(
    readonly upstreamPort: number,
    readonly certificates: Certificates,
    private readonly listener: Server,
  ) {
    listener.on('connection', (client) => void this.serve(client));
  }

  static async start(upstreamPort: number, certificates: Certificates): Promise<SubmissionRelay> {
    const listener = createServer().listen(0, '127.0.0.1');
    await once(listener, 'listening');
    return new SubmissionRelay(upstreamPort, certificates, listener);
  }

  get port(): number {
    const address = this.listener.address();
    if (address === null || typeof address === 'string') throw new TypeError('The relay has no port');
    return address.port;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.listener, 'close');
    this.listener.close();
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  private async serve(client: Socket): Promise<void> {
    this.connections += 1;
    const upstream = connect(this.upstreamPort, '127.0.0.1');
    for (const socket of [client, upstream]) this.sockets.add(socket.setNoDelay(true));
    try {
      await new Dialogue(this, client, upstream).run();
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

/** One side has gone, or the connection was broken. */
class Ended extends Error {}

/** One side of a dialogue, read line by line. */
class Wire {
  private buffered = '';
  private isOver = false;
  private ring = (): void => undefined;

  constructor(readonly stream: Socket) {
    stream.on('data', this.take);
    stream.on('error', this.end);
    stream.on('end', this.end);
    stream.on('close', this.end);
  }

  /** Through the end mark; bytes as latin1. */
  async readThrough(mark: string): Promise<string> {
    for (;;) {
      const at = this.buffered.indexOf(mark);
      if (at >= 0) return this.cut(at + mark.length);
      await this.more();
    }
  }

  /** Something, as soon as it is there. */
  async begin(): Promise<void> {
    while (this.buffered === '') await this.more();
  }

  write(bytes: string): void {
    this.stream.write(Buffer.from(bytes, 'latin1'));
  }

  /** So that TLS may take over. */
  detach(): Socket {
    this.stream.off('data', this.take);
    return this.stream;
  }

  private cut(length: number): string {
    const piece = this.buffered.slice(0, length);
    this.buffered = this.buffered.slice(length);
    return piece;
  }

  private async more(): Promise<void> {
    if (this.isOver) throw new Ended();
    await new Promise<void>((resolve) => {
      this.ring = resolve;
    });
  }

  private readonly take = (chunk: Buffer): void => {
    this.buffered += chunk.toString('latin1');
    this.ring();
  };

  private readonly end = (): void => {
    this.isOver = true;
    this.ring();
  };
}

class Dialogue {
  private client: Wire;
  private server: Wire;

  constructor(
    private readonly relay: SubmissionRelay,
    client: Socket,
    server: Socket,
  ) {
    this.client = new Wire(client);
    this.server = new Wire(server);
  }

  async run(): Promise<never> {
    await this.step('before the greeting');
    this.client.write(await this.readReply());
    await this.step('after the greeting');
    for (;;) {
      const line = await this.client.readThrough('\r\n');
      const verb = this.nameOf(line);
      await this.step(`before ${verb}`);
      this.server.write(line);
      await this.step(`after ${verb}`);
      const code = await this.handOnReply(verb);
      if (verb === 'STARTTLS' && code === '220') await this.startTls();
      if (verb === 'DATA' && code === '354') await this.handOnMessage();
    }
  }

  private nameOf(line: string): string {
    const verb = line.trim().split(' ', 1)[0]?.toUpperCase() ?? '';
    return verb === 'EHLO' && this.client.stream instanceof TLSSocket ? 'EHLO in TLS' : verb;
  }

  private async handOnReply(to: string): Promise<string> {
    const reply = await this.readReply();
    await this.step(`before the reply to ${to}`);
    this.client.write(reply);
    if (to !== 'STARTTLS') await this.step(`after the reply to ${to}`);
    return reply.slice(0, 3);
  }

  private async readReply(): Promise<string> {
    let reply = '';
    for (;;) {
      const line = await this.server.readThrough('\r\n');
      reply += line;
      if (line[3] !== '-') return reply;
    }
  }

  private async startTls(): Promise<void> {
    const { ca, server } = this.relay.certificates;
    const options = { isServer: true, key: server.key, cert: server.chain };
    this.client = new Wire(new TLSSocket(this.client.detach(), options));
    const upstream = connectTls({ socket: this.server.detach(), ca, servername: 'localhost' });
    this.server = new Wire(upstream);
    await this.step('after the reply to STARTTLS');
  }

  private async handOnMessage(): Promise<void> {
    await this.client.begin();
    await this.step('before the message');
    const message = await this.client.readThrough(FINAL_DOT);
    const half = Math.floor(message.length / 2);
    this.server.write(message.slice(0, half));
    await this.step('inside the message');
    this.server.write(message.slice(half, -FINAL_DOT.length));
    await this.step('before the final dot');
    this.server.write(FINAL_DOT);
    await this.step('after the final dot');
    await this.handOnReply('the message');
  }

  private async step(name: string): Promise<void> {
    if ((await this.relay.onStep(name)) === 'breaks') throw new Ended();
  }
}
