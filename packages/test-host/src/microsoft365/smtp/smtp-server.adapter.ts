import { once } from 'node:events';
import type { Server, Socket } from 'node:net';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import type { ServerCertificate } from '../certificates.js';
import { SERVER_NAME, smtpRefusals, type SmtpReply } from './smtp-reply.js';

/** As Exchange Online announces it, bytes. https://github.com/jstedfast/MailKit/issues/1770 */
const ANNOUNCED_SIZE = 157_286_400;
/** Milliseconds that a client may be idle. */
const IDLE_LIMIT_MS = 10 * 60 * 1000;

/** One connection of a client, from AUTH to its end. */
export interface SubmissionConnection {
  /** Differs from every other connection's. */
  readonly id: string;
  /** What the client called itself in EHLO. */
  readonly clientName: string;
  /** E.g. `version=TLS1_3, cipher=TLS_AES_256_GCM_SHA384`. */
  readonly encryption: string;
}

/** What a client submits. */
export interface SubmittedMessage {
  readonly from: string;
  /** In the order given, none twice. */
  readonly recipients: readonly string[];
  /** The bytes between DATA and the dot, unstuffed. */
  readonly raw: Buffer;
}

export type MessageReply =
  | { readonly kind: 'reply'; readonly reply: SmtpReply }
  /** The connection breaks instead. */
  | { readonly kind: 'break' };

/** What the server asks at each step; `undefined` lets it pass. */
export interface SubmissionHandler {
  authenticate(connection: SubmissionConnection, user: string, accessToken: string): Promise<SmtpReply | undefined>;
  /** `accepted`: how many recipients of this message were taken before. */
  recipient(address: string, accepted: number): SmtpReply | undefined;
  message(connection: SubmissionConnection, message: SubmittedMessage): Promise<MessageReply>;
  closed(connection: SubmissionConnection): void;
}

export interface SmtpListener extends AsyncDisposable {
  readonly port: number;
  breakConnections(): void;
}

export interface SmtpListenerOptions {
  readonly certificate: ServerCertificate;
  /** TCP port on 127.0.0.1; 0 takes a free one. */
  readonly port: number;
  /** Bytes of a message; more is refused. */
  readonly messageBytes: number;
  readonly reportError: (error: unknown) => void;
}

/**
 * Submission with STARTTLS on loopback (RFC 6409). The library offers no CHUNKING, and ENHANCEDSTATUSCODES only with codes
 * of its own choice before ours; so both are left out of what Exchange announces.
 *
 * @throws the system's error when the port is taken
 */
export async function listenForSubmission(
  options: SmtpListenerOptions,
  handler: SubmissionHandler,
): Promise<SmtpListener> {
  const sockets = new Map<number, Socket>();
  const server = new SMTPServer({
    name: SERVER_NAME,
    banner: 'Microsoft ESMTP MAIL Service ready',
    heloResponse: '%s Hello %s',
    key: options.certificate.key,
    cert: options.certificate.chain,
    minVersion: 'TLSv1.2',
    size: ANNOUNCED_SIZE,
    hideDSN: false,
    authMethods: ['LOGIN', 'XOAUTH2'],
    authRequiredMessage: '5.7.57 Client not authenticated to send mail.',
    disableReverseLookup: true,
    socketTimeout: IDLE_LIMIT_MS,
    onAuth: (auth, session, callback) => {
      const { method, username, accessToken } = auth;
      if (method !== 'XOAUTH2' || username === undefined || accessToken === undefined) {
        callback(asError(smtpRefusals.basic));
        return;
      }
      handler.authenticate(connectionOf(session), username, accessToken).then(
        (refusal) => {
          if (refusal === undefined) callback(null, { user: username });
          else callback(asError(refusal));
        },
        internal(options, callback),
      );
    },
    onRcptTo: ({ address }, session, callback) => {
      const refusal = handler.recipient(address, session.envelope.rcptTo.length);
      callback(refusal === undefined ? null : asError(refusal));
    },
    onData: (stream, session, callback) => {
      const answer = async (): Promise<MessageReply> => {
        const raw = await readWithin(stream, options.messageBytes);
        if (raw === undefined) return { kind: 'reply', reply: smtpRefusals.tooLarge };
        return handler.message(connectionOf(session), { ...envelopeOf(session), raw });
      };
      answer().then(
        (outcome) => {
          if (outcome.kind === 'break') sockets.get(session.remotePort)?.destroy();
          else if (outcome.reply.code >= 400) callback(asError(outcome.reply));
          else callback(null, outcome.reply.text);
        },
        internal(options, callback),
      );
    },
    onClose: (session) => {
      handler.closed(connectionOf(session));
    },
  });
  // A client that breaks off is normal.
  server.on('error', () => undefined);
  return listen(server, options.port, sockets);
}

async function listen(library: SMTPServer, port: number, sockets: Map<number, Socket>): Promise<SmtpListener> {
  const { server } = library;
  server.on('connection', (socket: Socket) => {
    const { remotePort } = socket;
    if (remotePort === undefined) return;
    sockets.set(remotePort, socket);
    socket.on('close', () => sockets.delete(remotePort));
  });
  const listening = once(server, 'listening');
  library.listen(port, '127.0.0.1');
  await listening;
  const breakConnections = () => {
    for (const socket of sockets.values()) socket.destroy();
  };
  return {
    port: portOf(server),
    breakConnections,
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, 'close');
      library.close();
      breakConnections();
      await closed;
    },
  };
}

/** The bytes of a stream; `undefined` when there are more than `limit`, which are read and thrown away. */
async function readWithin(stream: AsyncIterable<unknown>, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= limit) chunks.push(chunk);
  }
  return length > limit ? undefined : Buffer.concat(chunks, length);
}

function connectionOf(session: SMTPServerSession): SubmissionConnection {
  const { id, hostNameAppearsAs, tlsOptions } = session;
  const cipher = tlsOptions === false ? undefined : tlsOptions;
  const version = (cipher?.version ?? 'none').replace('v', '').replace('.', '_');
  return { id, clientName: hostNameAppearsAs, encryption: `version=${version}, cipher=${cipher?.name ?? 'none'}` };
}

function envelopeOf({ envelope }: SMTPServerSession): Omit<SubmittedMessage, 'raw'> {
  const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
  return { from, recipients: envelope.rcptTo.map(({ address }) => address) };
}

/** The library takes a refusal as an error with the reply code. */
function asError({ code, text }: SmtpReply): Error {
  return Object.assign(new Error(text), { responseCode: code });
}

function internal({ reportError }: SmtpListenerOptions, callback: (error: Error) => void) {
  return (error: unknown) => {
    reportError(error);
    callback(asError({ code: 451, text: '4.7.0 Temporary server error. Please try again later.' }));
  };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('The server has no port');
  return address.port;
}
