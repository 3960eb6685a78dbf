import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { certificateFor, type TestCertificate } from './certificate.adapter.js';

const LINE_END = '\r\n';
const FINAL_DOT = Buffer.from('\r\n.\r\n');

/** Where the connection breaks. */
export type Cut = 'at MAIL' | 'at DATA' | 'inside DATA' | 'after DATA';

/** What the server does; whatever is left out succeeds. Replies are whole lines without their end. */
export interface SmtpScript {
  readonly extensions?: readonly string[];
  /** Lets clients sign in without encryption, and knows of no other way. */
  readonly isPlain?: boolean;
  greeting?(): string | undefined;
  authenticate?(user: string, accessToken: string): string | undefined;
  sender?(address: string): string | undefined;
  recipient?(address: string): string | undefined;
  /** `message` counts from 0, over all connections. */
  cut?(message: number): Cut | undefined;
  /** The reply to the final dot; the server is silent until it is there. */
  message?(message: number): string | Promise<string>;
}

/** A message that came with its final dot, unstuffed. */
export interface TakenMessage {
  readonly connection: number;
  readonly from: string;
  readonly recipients: readonly string[];
  readonly raw: Buffer;
}

/** A submission server that does exactly what a test says, and remembers what it was given. */
export interface ScriptedSmtpServer extends AsyncDisposable {
  readonly server: { readonly host: string; readonly port: number; readonly ca: string };
  readonly messages: readonly TakenMessage[];
  readonly logins: readonly { readonly user: string; readonly accessToken: string }[];
  /** All commands, as they came. */
  readonly commands: readonly string[];
  connections(): number;
  /** How many are open now. */
  openConnections(): number;
  /** Breaks every open connection. */
  breakConnections(): void;
  /** Resolves with the next message that came with its final dot. */
  nextMessage(): Promise<void>;
}

/** @param name what its certificate shows */
export async function startScriptedSmtpServer(
  script: SmtpScript = {},
  name = 'localhost',
): Promise<ScriptedSmtpServer> {
  const record = new Record(script, await certificateFor(name));
  const listener = createServer((socket) => {
    record.accept(socket);
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  return record.serve(listener);
}

class Record {
  readonly messages: TakenMessage[] = [];
  readonly logins: { user: string; accessToken: string }[] = [];
  readonly commands: string[] = [];
  connections = 0;
  begun = 0;
  private readonly sockets = new Set<Socket>();
  private readonly waiting: (() => void)[] = [];

  constructor(
    readonly script: SmtpScript,
    readonly certificate: TestCertificate,
  ) {}

  accept(socket: Socket): void {
    this.connections += 1;
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('error', () => undefined);
    new Session(this, this.connections, socket).start();
  }

  take(message: TakenMessage): void {
    this.messages.push(message);
    for (const tell of this.waiting.splice(0)) tell();
  }

  serve(listener: Server): ScriptedSmtpServer {
    const address = listener.address();
    if (address === null || typeof address === 'string') throw new TypeError('no port');
    const breakConnections = () => {
      for (const socket of this.sockets) socket.destroy();
    };
    const { messages, logins, commands, waiting } = this;
    return {
      server: { host: 'localhost', port: address.port, ca: this.certificate.certificate },
      messages,
      logins,
      commands,
      breakConnections,
      connections: () => this.connections,
      openConnections: () => this.sockets.size,
      nextMessage: () => new Promise((resolve) => waiting.push(resolve)),
      [Symbol.asyncDispose]: async () => {
        const closed = once(listener, 'close');
        listener.close();
        breakConnections();
        await closed;
      },
    };
  }
}

class Session {
  private stream: Socket;
  private buffered: Buffer = Buffer.alloc(0);
  /** What came of a message so far; `undefined` outside of DATA. */
  private data: { chunks: Buffer[]; end: Buffer } | undefined;
  private from = '';
  private recipients: string[] = [];
  private number = -1;

  constructor(
    private readonly record: Record,
    private readonly connection: number,
    private readonly socket: Socket,
  ) {
    this.stream = socket;
  }

  start(): void {
    this.listen(this.socket);
    this.reply(this.record.script.greeting?.() ?? '220 scripted ESMTP');
  }

  private listen(stream: Socket): void {
    this.stream = stream;
    stream.on('error', () => undefined);
    stream.on('data', (chunk: Buffer) => {
      if (this.data) this.readData(this.data, chunk);
      else this.readCommands(chunk);
    });
  }

  private reply(...lines: readonly string[]): void {
    this.stream.write(lines.map((line) => `${line}\r\n`).join(''));
  }

  private readCommands(chunk: Buffer): void {
    this.buffered = Buffer.concat([this.buffered, chunk]);
    for (let end = this.buffered.indexOf(LINE_END); end >= 0; end = this.buffered.indexOf(LINE_END)) {
      const line = this.buffered.subarray(0, end).toString();
      this.buffered = this.buffered.subarray(end + LINE_END.length);
      this.command(line);
    }
  }

  private command(line: string): void {
    this.record.commands.push(line);
    const verb = line.split(' ', 1)[0]?.toUpperCase();
    if (verb === 'EHLO') this.ehlo();
    else if (verb === 'STARTTLS') this.startTls();
    else if (verb === 'AUTH') this.authenticate(line);
    else if (verb === 'MAIL') this.mail(addressIn(line));
    else if (verb === 'RCPT') this.rcpt(addressIn(line));
    else if (verb === 'DATA') this.begin();
    else if (verb === 'QUIT') this.stream.end('221 2.0.0 Bye\r\n');
    else this.reply('250 2.0.0 OK');
  }

  private ehlo(): void {
    const mayAuthenticate = this.record.script.isPlain === true || this.stream !== this.socket;
    const offered = mayAuthenticate ? ['AUTH LOGIN XOAUTH2', ...(this.record.script.extensions ?? [])] : ['STARTTLS'];
    const lines = ['scripted', ...offered];
    this.reply(...lines.map((line, index) => `250${index === lines.length - 1 ? ' ' : '-'}${line}`));
  }

  private startTls(): void {
    if (this.record.script.isPlain === true) {
      this.reply('502 5.5.1 Not here');
      return;
    }
    this.reply('220 2.0.0 Ready');
    this.socket.removeAllListeners('data');
    const { key, certificate } = this.record.certificate;
    this.listen(new TLSSocket(this.socket, { isServer: true, key, cert: certificate }));
  }

  private authenticate(line: string): void {
    const decoded = Buffer.from(line.split(' ')[2] ?? '', 'base64').toString();
    const [user = '', accessToken = ''] = decoded
      .split('\x01')
      .map((part) => part.replace(/^(?:user=|auth=Bearer )/, ''));
    this.record.logins.push({ user, accessToken });
    this.reply(this.record.script.authenticate?.(user, accessToken) ?? '235 2.7.0 Authentication successful');
  }

  private mail(address: string): void {
    this.number = this.record.begun;
    this.record.begun += 1;
    this.from = address;
    this.recipients = [];
    if (this.isCut('at MAIL')) return;
    this.reply(this.record.script.sender?.(address) ?? '250 2.1.0 Sender OK');
  }

  private rcpt(address: string): void {
    const refusal = this.record.script.recipient?.(address);
    if (refusal === undefined) this.recipients.push(address);
    this.reply(refusal ?? '250 2.1.5 Recipient OK');
  }

  private begin(): void {
    if (this.isCut('at DATA')) return;
    if (this.recipients.length === 0) {
      this.reply('503 5.5.1 No recipients');
      return;
    }
    this.data = { chunks: [], end: Buffer.alloc(0) };
    this.reply('354 Start mail input');
  }

  /** A client waits for the reply, so that the final dot ends what it writes. */
  private readData(data: { chunks: Buffer[]; end: Buffer }, chunk: Buffer): void {
    if (this.isCut('inside DATA')) return;
    data.chunks.push(chunk);
    data.end = Buffer.concat([data.end, chunk.subarray(-FINAL_DOT.length)]).subarray(-FINAL_DOT.length);
    if (!data.end.equals(FINAL_DOT)) return;
    this.data = undefined;
    const { connection, from, recipients } = this;
    const stuffed = Buffer.concat(data.chunks).subarray(0, 2 - FINAL_DOT.length);
    const raw = Buffer.from(stuffed.toString('latin1').replace(/^\.\./gm, '.'), 'latin1');
    this.record.take({ connection, from, recipients, raw });
    if (this.isCut('after DATA')) return;
    void Promise.resolve(this.record.script.message?.(this.number) ?? '250 2.0.0 OK').then((reply) => {
      this.reply(reply);
    });
  }

  private isCut(where: Cut): boolean {
    if (this.record.script.cut?.(this.number) !== where) return false;
    this.socket.destroy();
    return true;
  }
}

function addressIn(line: string): string {
  return /<(.*?)>/.exec(line)?.[1] ?? '';
}
