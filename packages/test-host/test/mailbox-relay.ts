import type { Server, Socket } from 'node:net';
import { connect as connectTls, TLSSocket } from 'node:tls';
import type { Certificates } from '../src/microsoft365/certificates.js';
import { CuttingRelay } from './cutting-relay.js';
import { Wire } from './relay-wire.js';

/** Ends the name of a step on a connection that was opened beside another one. */
export const ON_ANOTHER = ' on another connection';

/** Where the mailbox server is, and who vouches for it. */
export interface MailboxServer {
  readonly port: number;
  readonly ca: string;
}

/**
 * Stands between a client and an IMAP server, TLS included, hands on line by line, and tells of each step of the dialogue
 * (RFC 9051): before, inside and after each command, each line and literal of its answer, and the line that ends it, e.g.
 * `inside a literal of FETCH`. A connection that is opened beside another one names itself in its steps.
 */
export class MailboxRelay extends CuttingRelay {
  private readonly server = Promise.withResolvers<MailboxServer>();
  private readonly numbers = new Set<number>();

  private constructor(
    readonly certificates: Certificates,
    listener: Server,
  ) {
    super(listener);
  }

  static async start(certificates: Certificates): Promise<MailboxRelay> {
    return new MailboxRelay(certificates, await CuttingRelay.listen());
  }

  /** Clients that have come before wait for it. */
  leadTo(server: MailboxServer): void {
    this.server.resolve(server);
  }

  protected async upstreamPort(): Promise<number> {
    return (await this.server.promise).port;
  }

  protected async handOn(client: Socket, upstream: Socket): Promise<never> {
    const { ca } = await this.server.promise;
    let number = 1;
    while (this.numbers.has(number)) number += 1;
    this.numbers.add(number);
    try {
      return await new Dialogue(this, number === 1 ? '' : ON_ANOTHER, client, upstream).run(ca);
    } finally {
      this.numbers.delete(number);
    }
  }
}

/** Ends a line that goes on behind a literal of so many bytes (RFC 9051 section 4.3). */
const LITERAL = /\{(\d+)\+?\}\r\n$/;

class Dialogue {
  /** Commands that have no end yet, by tag, in their order. */
  private readonly open = new Map<string, string>();

  constructor(
    private readonly relay: MailboxRelay,
    private readonly where: string,
    private readonly client: Socket,
    private readonly upstream: Socket,
  ) {}

  async run(ca: string): Promise<never> {
    await this.step('before the connection');
    const { server } = this.relay.certificates;
    const options = { isServer: true, key: server.key, cert: server.chain };
    const client = new Wire(new TLSSocket(this.client, options));
    const upstream = new Wire(connectTls({ socket: this.upstream, ca, servername: 'localhost' }));
    await this.step('before the greeting');
    await this.inTwo(await upstream.readThrough('\r\n'), client, 'inside the greeting');
    await this.step('after the greeting');
    return Promise.race([this.handOnCommands(client, upstream), this.handOnAnswers(upstream, client)]);
  }

  private async handOnCommands(from: Wire, to: Wire): Promise<never> {
    for (;;) {
      const line = await from.readThrough('\r\n');
      const [tag = '', ...words] = line.trim().split(' ');
      const name = nameOf(words.length === 0 ? [tag] : words);
      if (words.length > 0) this.open.set(tag, name);
      await this.step(`before ${name}`);
      await this.inTwo(line, to, `inside ${name}`);
      await this.step(`after ${name}`);
    }
  }

  private async handOnAnswers(from: Wire, to: Wire): Promise<never> {
    for (;;) {
      const line = await from.readThrough('\r\n');
      const [tag = ''] = line.split(' ', 1);
      const name = this.open.get(tag);
      this.open.delete(tag);
      if (name === undefined) await this.handOnLine(line, from, to);
      else await this.handOnPart(line, to, `the end of ${name}`);
    }
  }

  /** An untagged line with its literals, of the command under way. */
  private async handOnLine(first: string, from: Wire, to: Wire): Promise<void> {
    const [name = 'nothing'] = this.open.values();
    for (let line = first; ;) {
      await this.handOnPart(line, to, `a line of ${name}`);
      const [, length] = LITERAL.exec(line) ?? [];
      if (length === undefined) return;
      await this.inTwo(await from.readBytes(Number(length)), to, `inside a literal of ${name}`);
      line = await from.readThrough('\r\n');
    }
  }

  private async handOnPart(line: string, to: Wire, what: string): Promise<void> {
    await this.step(`before ${what}`);
    await this.inTwo(line, to, `inside ${what}`);
    await this.step(`after ${what}`);
  }

  private async inTwo(bytes: string, to: Wire, step: string): Promise<void> {
    const half = Math.floor(bytes.length / 2);
    to.write(bytes.slice(0, half));
    await this.step(step);
    to.write(bytes.slice(half));
  }

  private step(name: string): Promise<void> {
    return this.relay.step(`${name}${this.where}`);
  }
}

/** Of the command; a FETCH says what it asks for. */
function nameOf(words: readonly string[]): string {
  const [first = '', second = ''] = words.map((word) => word.toUpperCase());
  const name = first === 'UID' ? second : first;
  if (name !== 'FETCH') return name;
  const items = words.join(' ').toUpperCase();
  if (!items.includes('BODY.PEEK[')) return 'the list';
  return /\]<\d/.test(items) ? 'a part' : 'FETCH';
}
