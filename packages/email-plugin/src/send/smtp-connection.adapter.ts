import { Readable } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { FailureError, type Failure, type MailServer, type RecipientOutcome } from '@exact/host-contracts';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { asFailure, failureFor } from '../failures/failures.js';
import type { AccessTokens } from '../sign-in/sign-in.js';
import type { Envelope, Submission, SubmissionRequest, SubmitOutcome } from './submission.js';

/** RFC 5321 section 4.5.3.2: the greeting within 5 minutes, the reply to the final dot within 10. Ours are stricter where nothing is lost. */
const CONNECT_LIMIT_MS = 30_000;
const SILENCE_LIMIT_MS = 10 * 60_000;
/** How long an email in DATA is awaited when the run has to end. */
const LAST_WORDS_MS = 4_000;
const CHUNK_BYTES = 64 * 1024;

/** What nodemailer throws. */
interface SmtpError {
  readonly message: string;
  readonly command?: string | undefined;
  /** The server's reply, when there was one. */
  readonly response?: string | undefined;
  readonly responseCode?: number | undefined;
  readonly recipient?: string | undefined;
}

/** STARTTLS, then XOAUTH2. A refused access token is renewed once, on a connection of its own. */
export async function connectSubmission(request: SubmissionRequest): Promise<Submission> {
  const first = await signInOver(request, await accessToken(request.tokens, false));
  if (first.kind === 'open') return new NodemailerSubmission(first.connection, request.signal);
  if (!first.isTokenRefused) throw new FailureError(first.failure);
  const second = await signInOver(request, await accessToken(request.tokens, true));
  if (second.kind === 'open') return new NodemailerSubmission(second.connection, request.signal);
  throw new FailureError(second.failure);
}

async function accessToken(tokens: AccessTokens, renew: boolean): Promise<string> {
  const outcome = await tokens.accessToken({ renew });
  if (outcome.kind !== 'token') throw new FailureError(outcome.failure);
  return outcome.accessToken;
}

type SignedIn =
  | { readonly kind: 'open'; readonly connection: SMTPConnection }
  | { readonly kind: 'refused'; readonly failure: Failure; readonly isTokenRefused: boolean };

async function signInOver({ server, user, signal }: SubmissionRequest, token: string): Promise<SignedIn> {
  const connection = await open(server, signal);
  try {
    await new Promise<void>((resolve, reject) => {
      connection.once('error', reject);
      connection.login({ method: 'XOAUTH2', user, pass: token }, (error) => {
        if (error) reject(error);
        else resolve();
      });
    });
    return { kind: 'open', connection };
  } catch (error) {
    connection.close();
    signal.throwIfAborted();
    const { response = '', responseCode } = error as SmtpError;
    if (responseCode === undefined) throw new FailureError(unreachable(error));
    // 5.7.139: SMTP AUTH is switched off, whatever the token says.
    const isTokenRefused = responseCode === 535 && !/5\.7\.139/.test(response);
    return { kind: 'refused', failure: refusedSignIn(response, responseCode), isTokenRefused };
  }
}

async function open({ host, port, ca }: MailServer, signal: AbortSignal): Promise<SMTPConnection> {
  signal.throwIfAborted();
  const connection = new SMTPConnection({
    host,
    port,
    secure: false,
    requireTLS: true,
    logger: false,
    connectionTimeout: CONNECT_LIMIT_MS,
    greetingTimeout: CONNECT_LIMIT_MS,
    socketTimeout: SILENCE_LIMIT_MS,
    tls: { minVersion: 'TLSv1.2', ...(ca !== undefined && { ca }) },
    customAuth: { XOAUTH2: authenticate },
  });
  const close = () => {
    connection.close();
  };
  signal.addEventListener('abort', close);
  try {
    await new Promise<void>((resolve, reject) => {
      connection.once('error', reject);
      connection.once('end', () => {
        reject(new Error('The server closed the connection'));
      });
      connection.connect((error) => {
        if (error) reject(error);
        else resolve();
      });
    });
    return connection;
  } catch (error) {
    connection.close();
    signal.throwIfAborted();
    throw new FailureError(unreachable(error), { cause: error });
  } finally {
    signal.removeEventListener('abort', close);
  }
}

/** XOAUTH2 (Microsoft: how-to-authenticate-an-imap-pop-smtp…); a challenge carries the error and wants an empty answer. */
async function authenticate(context: {
  readonly auth: { readonly credentials: { readonly user: string; readonly pass: string } };
  sendCommand(command: string): Promise<{ readonly status: number; readonly response: string }>;
  resolve(): void;
  reject(error: Error): void;
}): Promise<void> {
  const { user, pass } = context.auth.credentials;
  const initial = Buffer.from(`user=${user}\x01auth=Bearer ${pass}\x01\x01`).toString('base64');
  let reply = await context.sendCommand(`AUTH XOAUTH2 ${initial}`);
  if (reply.status === 334) reply = await context.sendCommand('');
  if (reply.status === 235) context.resolve();
  else
    context.reject(
      Object.assign(new Error('sign-in refused'), { response: reply.response, responseCode: reply.status }),
    );
}

class NodemailerSubmission implements Submission {
  readonly encryption: string;
  /** Why the connection can't be used any more. */
  private broken: unknown;
  private isBusy = false;

  constructor(
    private readonly connection: SMTPConnection,
    private readonly signal: AbortSignal,
  ) {
    this.encryption = encryptionOf(connection);
    connection.on('error', (error: unknown) => {
      this.broken ??= error;
    });
    connection.on('end', () => {
      this.broken ??= new Error('The server closed the connection');
    });
    signal.addEventListener('abort', this.stop);
  }

  async submit({ from, recipients, raw }: Envelope): Promise<SubmitOutcome> {
    if (this.broken !== undefined) return { kind: 'not-sent', failure: unreachable(this.broken) };
    if (this.signal.aborted) return { kind: 'not-sent', failure: unreachable(this.signal.reason) };
    const message = Readable.from(chunksOf(raw), { objectMode: false });
    let isDataComplete = false;
    message.once('end', () => {
      isDataComplete = true;
    });
    this.isBusy = true;
    try {
      const info = await this.send(
        { from, to: [...recipients], size: raw.byteLength, use8BitMime: !isAscii(raw) },
        message,
      );
      return { kind: 'accepted', recipients: outcomes(recipients, info.rejectedErrors ?? []) };
    } catch (error) {
      return this.judge(error as SmtpError, recipients, isDataComplete);
    } finally {
      this.isBusy = false;
      message.destroy();
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.signal.removeEventListener('abort', this.stop);
    if (this.broken === undefined) this.connection.quit();
    else this.connection.close();
    return Promise.resolve();
  }

  private readonly stop = (): void => {
    if (!this.isBusy) this.connection.close();
    else setTimeout(() => this.connection.close(), LAST_WORDS_MS).unref();
  };

  private send(envelope: Parameters<SMTPConnection['send']>[0], message: Readable) {
    return new Promise<{ readonly rejectedErrors?: readonly SmtpError[] | undefined }>((resolve, reject) => {
      this.connection.send(envelope, message, (error, info) => {
        if (error) reject(error);
        else resolve(info);
      });
    });
  }

  /** Only a reply of the server settles what happened after the final dot (RFC 5321 section 4.2.5). */
  private judge(error: SmtpError, recipients: readonly string[], isDataComplete: boolean): SubmitOutcome {
    if (error.responseCode !== undefined && error.command !== 'CONN') {
      this.reset();
      const failure = refusal(error);
      return {
        kind: 'refused',
        failure,
        recipients: recipients.map((address) => ({ address, outcome: 'refused', failure })),
      };
    }
    this.broken ??= error;
    const failure = unreachable(error);
    return { kind: isDataComplete ? 'uncertain' : 'not-sent', failure };
  }

  /** A refused transaction must not leak into the next one. */
  private reset(): void {
    this.connection.reset((error) => {
      if (error) this.broken ??= error;
    });
  }
}

function outcomes(recipients: readonly string[], rejected: readonly SmtpError[]): readonly RecipientOutcome[] {
  return recipients.map((address) => {
    const error = rejected.find(({ recipient }) => recipient === address);
    return error ? { address, outcome: 'refused', failure: refusal(error) } : { address, outcome: 'accepted' };
  });
}

/** What the server refused in its own words. A reply of class 4 passes by itself (RFC 5321 section 4.2.1). */
function refusal({ response = '', responseCode = 0, message }: SmtpError): Failure {
  const failure = failureFor('smtp', response === '' ? message : response);
  if (responseCode >= 500) return { ...failure, retry: { kind: 'never' } };
  return failure.retry.kind === 'backoff' ? failure : { ...failure, retry: { kind: 'backoff' } };
}

/** Signed in at Microsoft, but not let in here: a new sign-in is asked for by the broker only, never by a server. */
function refusedSignIn(response: string, responseCode: number): Failure {
  const failure = failureFor('smtp', response);
  return { ...failure, retry: responseCode >= 500 ? { kind: 'never' } : { kind: 'backoff' } };
}

/** The network, DNS or TLS failed, or the server went away. */
function unreachable(error: unknown): Failure {
  const failure = asFailure(error, 'network');
  return failure.retry.kind === 'backoff' ? failure : { ...failure, retry: { kind: 'backoff' } };
}

function encryptionOf(connection: SMTPConnection): string {
  const socket = connection._socket;
  const protocol = socket instanceof TLSSocket ? socket.getProtocol() : null;
  return protocol?.replace('TLSv', 'TLS ') ?? 'none';
}

function* chunksOf(raw: Uint8Array): Generator<Uint8Array> {
  for (let from = 0; from < raw.byteLength; from += CHUNK_BYTES) yield raw.subarray(from, from + CHUNK_BYTES);
}

function isAscii(raw: Uint8Array): boolean {
  return raw.every((byte) => byte < 0x80);
}
