import type { Server, Socket } from 'node:net';
import { connect as connectTls, TLSSocket } from 'node:tls';
import type { Certificates } from '../src/microsoft365/certificates.js';
import { CuttingRelay } from './cutting-relay.js';
import { Wire } from './relay-wire.js';

const FINAL_DOT = '\r\n.\r\n';

/**
 * Stands between a client and a submission server, TLS included, hands on line by line, and tells of each step of the
 * dialogue (RFC 5321): before and after each command, before and after its reply, inside the message, around the final dot,
 * e.g. `before MAIL` or `before the reply to AUTH`.
 */
export class SubmissionRelay extends CuttingRelay {
  private constructor(
    private readonly server: number,
    readonly certificates: Certificates,
    listener: Server,
  ) {
    super(listener);
  }

  static async start(upstreamPort: number, certificates: Certificates): Promise<SubmissionRelay> {
    return new SubmissionRelay(upstreamPort, certificates, await CuttingRelay.listen());
  }

  protected upstreamPort(): number {
    return this.server;
  }

  protected handOn(client: Socket, upstream: Socket): Promise<never> {
    return new Dialogue(this, client, upstream).run();
  }
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
    await this.relay.step('before the greeting');
    this.client.write(await this.readReply());
    await this.relay.step('after the greeting');
    for (;;) {
      const line = await this.client.readThrough('\r\n');
      const verb = this.nameOf(line);
      await this.relay.step(`before ${verb}`);
      this.server.write(line);
      await this.relay.step(`after ${verb}`);
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
    await this.relay.step(`before the reply to ${to}`);
    this.client.write(reply);
    if (to !== 'STARTTLS') await this.relay.step(`after the reply to ${to}`);
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
    await this.relay.step('after the reply to STARTTLS');
  }

  private async handOnMessage(): Promise<void> {
    await this.client.begin();
    await this.relay.step('before the message');
    const message = await this.client.readThrough(FINAL_DOT);
    const half = Math.floor(message.length / 2);
    this.server.write(message.slice(0, half));
    await this.relay.step('inside the message');
    this.server.write(message.slice(half, -FINAL_DOT.length));
    await this.relay.step('before the final dot');
    this.server.write(FINAL_DOT);
    await this.relay.step('after the final dot');
    await this.handOnReply('the message');
  }
}
