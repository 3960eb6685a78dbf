import { Readable } from 'node:stream';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { MailServer } from '@exact/host-contracts';
import SMTPConnection, {
  type SMTPConnectionCustomAuthContext,
  type SMTPConnectionEnvelope,
  type SMTPEnvelope,
} from 'nodemailer/lib/smtp-connection';
import type { Network } from '../../network/network.js';
import { tlsOptions } from '../../network/secure-connection.js';

/** For DNS, proxy and TCP, and again for greeting, EHLO and STARTTLS, milliseconds. */
const CONNECT_LIMIT_MS = 30_000;
/** The reply to the final dot may take so long (RFC 5321 section 4.5.3.2.6). */
const SILENCE_LIMIT_MS = 10 * 60_000;
/** How long the server may take to close its side, milliseconds. */
const CLOSE_LIMIT_MS = 1_000;
const CHUNK_BYTES = 64 * 1024;
/** The name of this machine is nobody's business (RFC 5321 section 4.1.3 allows an address literal). */
const CLIENT_NAME = '[127.0.0.1]';
/** Not nodemailer's own `XOAUTH2`, which without a token generator of its own takes LOGIN or PLAIN instead. */
const OAUTH = 'EXACT-XOAUTH2';

/** A recipient that the server refused, with its reply. */
export interface RefusedRecipient {
  readonly address: string;
  readonly reply: string;
}

/** How a mail transaction ended. `refused` lists the recipients refused one by one. */
export type TransactionEnd = { readonly refused: readonly RefusedRecipient[] } & (
  | { readonly kind: 'taken' }
  /** Nothing was taken; the server said so. */
  | { readonly kind: 'refused'; readonly reply: string }
  /** The connection failed. `isHandedOver`: the whole message was written, so that the final dot may have arrived. */
  | { readonly kind: 'broken'; readonly words: string; readonly isHandedOver: boolean }
);

/** What went wrong before there was a transaction. */
export class SmtpFault extends Error {
  override readonly name = 'SmtpFault';

  constructor(
    message: string,
    /** The server's reply; `undefined` = there was none. */
    readonly reply: string | undefined,
    options: { readonly cause: unknown },
  ) {
    super(message, options);
  }
}

/** nodemailer's errors, as far as they are read here. */
interface LibraryError {
  readonly message: string;
  readonly code?: string | undefined;
  /** The system's code, where `code` is nodemailer's. */
  readonly originalCode?: string | undefined;
  readonly command?: string | undefined;
  readonly response?: string | undefined;
  readonly recipient?: string | undefined;
}

/** One connection to a submission server (RFC 6409): STARTTLS always, XOAUTH2, one transaction at a time. */
export class SmtpConnection implements AsyncDisposable {
  private readonly library: SMTPConnection;
  /** Takes addresses with letters of every script before the `@` (SMTPUTF8, RFC 6531). Known when signed in. */
  takesInternational = false;
  private error: unknown;
  private isBusy = false;

  private constructor(
    server: MailServer,
    connection: Socket,
    private readonly signal: AbortSignal,
  ) {
    this.library = new SMTPConnection({
      host: server.host,
      port: server.port,
      connection,
      secure: false,
      requireTLS: true,
      name: CLIENT_NAME,
      connectionTimeout: CONNECT_LIMIT_MS,
      greetingTimeout: CONNECT_LIMIT_MS,
      socketTimeout: SILENCE_LIMIT_MS,
      socketCloseTimeout: CLOSE_LIMIT_MS,
      tls: tlsOptions(server),
      customAuth: {
        [OAUTH]: (context) => {
          this.takesInternational = context.extensions.includes('SMTPUTF8');
          return authenticate(context);
        },
      },
    });
    this.library.on('error', (error: unknown) => {
      this.error = error;
    });
    signal.addEventListener('abort', this.close);
  }

  /** Throws an `SmtpFault`, or the signal's reason. The signal closes the connection at any time. */
  static async open(server: MailServer, network: Network, signal: AbortSignal): Promise<SmtpConnection> {
    const socket = await network.connect(server, signal, { limitMs: CONNECT_LIMIT_MS }).catch((error: unknown) => {
      signal.throwIfAborted();
      throw asFault(error);
    });
    const connection = new SmtpConnection(server, socket, signal);
    await connection.setUp((done) => {
      connection.library.connect(done);
    });
    return connection;
  }

  /** Throws an `SmtpFault` whose reply is the server's refusal, or the signal's reason. Closes the connection then. */
  async signIn(user: string, accessToken: string): Promise<void> {
    await this.setUp((done) => {
      this.library.login({ method: OAUTH, user, pass: accessToken }, done);
    });
  }

  /** What was negotiated, e.g. `TLS 1.3`. */
  get encryption(): string {
    const socket = this.library._socket;
    const protocol = socket instanceof TLSSocket ? socket.getProtocol() : undefined;
    return protocol?.replace('TLSv', 'TLS ') ?? 'none';
  }

  /** Never rejects. After anything but `taken` the connection is closed. `raw` has CRLF line ends and ends with one. */
  async transact(from: string, to: readonly string[], raw: Uint8Array): Promise<TransactionEnd> {
    const message = new MessageStream(raw);
    // nodemailer notes refused recipients on the envelope it is given: of a broken transaction nothing else tells.
    const envelope: SMTPEnvelope & Partial<Pick<SMTPConnectionEnvelope, 'rejectedErrors'>> = {
      from,
      to: [...to],
      size: raw.byteLength,
    };
    this.isBusy = true;
    const end = await this.call((done) => {
      this.library.send(envelope, message, done);
    }).then(
      () => ({ kind: 'taken' }) as const,
      (error: unknown) => judge(error as LibraryError, message.wasRead),
    );
    this.isBusy = false;
    const refused = (envelope.rejectedErrors ?? []).map(asRefused);
    if (end.kind !== 'taken') this.close();
    return { ...end, refused };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const { _socket: socket } = this.library;
    if (!this.library.destroyed && !this.isBusy) this.library.quit();
    this.close();
    if (!socket || socket.closed) return;
    await new Promise<void>((resolve) => {
      socket.once('close', () => {
        resolve();
      });
    });
  }

  private readonly close = (): void => {
    this.signal.removeEventListener('abort', this.close);
    this.library.close();
  };

  private async setUp(begin: (done: (error?: unknown) => void) => void): Promise<void> {
    try {
      await this.call(begin);
    } catch (error) {
      this.close();
      this.signal.throwIfAborted();
      throw asFault(error);
    }
  }

  /** nodemailer does not call back when the connection ends meanwhile: then it is told by `end`. */
  private call(begin: (done: (error?: unknown) => void) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const ended = (): void => {
        // After a 421 the callback comes in the same turn and knows more.
        queueMicrotask(() => {
          reject(asError(this.error ?? new Error('The connection was closed')));
        });
      };
      this.library.once('end', ended);
      begin((error) => {
        this.library.off('end', ended);
        if (error === undefined || error === null) resolve();
        else reject(asError(error));
      });
    });
  }
}

/** The message in pieces, so that it is known whether all of it was read. */
class MessageStream extends Readable {
  /** From here on the final dot may be on its way. */
  wasRead = false;
  private position = 0;

  constructor(private readonly raw: Uint8Array) {
    super({ highWaterMark: CHUNK_BYTES });
  }

  override _read(): void {
    const chunk = this.raw.subarray(this.position, this.position + CHUNK_BYTES);
    this.position += chunk.byteLength;
    this.wasRead = chunk.byteLength === 0;
    this.push(this.wasRead ? null : chunk);
  }
}

/**
 * Only the server's reply settles a transaction (RFC 5321 section 4.2.5). What comes with `CONN` is no reply to a command:
 * before the final dot it is still a refusal (421), behind it nothing is known.
 */
function judge({ message, code, command, response }: LibraryError, wasRead: boolean) {
  if (response !== undefined && (command !== 'CONN' || !wasRead)) return { kind: 'refused', reply: response } as const;
  // nodemailer knows the server's SIZE and what no envelope can hold.
  if (code === 'EMESSAGE') return { kind: 'refused', reply: `552 5.3.4 ${message}` } as const;
  if (code === 'EENVELOPE') return { kind: 'refused', reply: `501 5.1.3 ${message}` } as const;
  return { kind: 'broken', words: `${code ?? 'unknown'}: ${message}`, isHandedOver: wasRead } as const;
}

function asRefused({ recipient = '', response = '' }: LibraryError): RefusedRecipient {
  return { address: recipient, reply: response };
}

/** XOAUTH2 (Microsoft: how-to-authenticate-an-imap-pop-smtp…): a challenge carries the error and wants an empty answer. */
async function authenticate(context: SMTPConnectionCustomAuthContext): Promise<void> {
  const { user, pass } = context.auth.credentials;
  const first = await context.sendCommand(`AUTH XOAUTH2 ${xoauth2(user, pass)}`);
  const last = first.response.startsWith('334') ? await context.sendCommand('') : first;
  if (!last.response.startsWith('235')) throw new Error('Sign-in refused');
}

function xoauth2(user: string, accessToken: string): string {
  return Buffer.from(`user=${user}\x01auth=Bearer ${accessToken}\x01\x01`).toString('base64');
}

function asFault(error: unknown): SmtpFault {
  const { message, code, originalCode, response } = error as LibraryError;
  const words = originalCode ?? code;
  return new SmtpFault(words === undefined ? message : `${words}: ${message}`, response, { cause: error });
}

function asError(error: unknown): Error {
  return Error.isError(error) ? error : new Error(String(error));
}
