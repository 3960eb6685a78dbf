import { connect, type TLSSocket } from 'node:tls';

/** An IMAP connection that says exactly what it is told to, right or wrong. */
export class ImapWire implements AsyncDisposable {
  #received = '';
  #tags = 0;
  #isEnded = false;
  /** Resolved at whatever comes next. */
  #news = Promise.withResolvers<undefined>();
  readonly #socket: TLSSocket;

  private constructor(port: number, ca: string) {
    this.#socket = connect({ host: '127.0.0.1', port, ca });
    this.#socket.on('data', (chunk: Buffer) => {
      this.#received += chunk.toString('latin1');
      this.#tell();
    });
    this.#socket.on('close', () => {
      this.#isEnded = true;
      this.#tell();
    });
    // A connection that the server breaks is what some tests are about.
    this.#socket.on('error', () => undefined);
  }

  /** Resolves with the greeting read. */
  static async open({ port, ca }: { readonly port: number; readonly ca: string }): Promise<ImapWire> {
    const wire = new ImapWire(port, ca);
    await wire.until(/^\* OK .*\r\n/);
    return wire;
  }

  send(data: string | Buffer): void {
    this.#socket.write(data);
  }

  /** Takes what has come up to the end of what the pattern matches. Rejects when the server ends before. */
  async until(pattern: RegExp): Promise<string> {
    for (;;) {
      const match = pattern.exec(this.#received);
      if (match !== null) {
        const end = match.index + match[0].length;
        const taken = this.#received.slice(0, end);
        this.#received = this.#received.slice(end);
        return taken;
      }
      if (this.#isEnded) throw new Error(`Ended after: ${this.#received}`);
      await this.#news.promise;
    }
  }

  /** Sends a command with a tag and takes all replies to it, the tagged one without its tag. */
  async command(text: string): Promise<string> {
    this.#tags += 1;
    const tag = `t${this.#tags.toString()}`;
    this.send(`${tag} ${text}\r\n`);
    const replies = await this.until(new RegExp(`(?:^|\\r\\n)${tag} .*\\r\\n`));
    return replies.replace(new RegExp(`(^|\\r\\n)${tag} `), '$1');
  }

  signIn(user: string, accessToken: string): Promise<string> {
    const response = Buffer.from(`user=${user}\u0001auth=Bearer ${accessToken}\u0001\u0001`).toString('base64');
    return this.command(`AUTHENTICATE XOAUTH2 ${response}`);
  }

  /** Resolves with what came last, once the server has ended the connection. */
  async ended(): Promise<string> {
    while (!this.#isEnded) await this.#news.promise;
    return this.#received;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.destroy();
    await this.ended();
  }

  #tell(): void {
    this.#news.resolve(undefined);
    this.#news = Promise.withResolvers<undefined>();
  }
}
