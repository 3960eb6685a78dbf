import { once } from 'node:events';
import type { Socket } from 'node:net';
import { createServer, type Server, type TLSSocket } from 'node:tls';
import type { Event } from '@exact/host-contracts';
import type { ServerCertificate } from '../certificates.js';
import { Emitter } from '../mailboxes/emitter.js';
import type { ParsedCommand } from './command-parser.js';
import { LITERAL_MARK, type RawCommand } from './command-reader.js';
import type { ImapServices } from './imap-services.js';
import { ImapSession } from './imap-session.js';

export interface ImapServerOptions extends Omit<ImapServices, 'banner' | 'record'> {
  readonly certificate: ServerCertificate;
  /** TCP port on 127.0.0.1; 0, the default, takes a free one. */
  readonly port?: number;
  /** Told of faults in the server itself. */
  readonly reportError: (error: unknown) => void;
}

/** A command that a client sent. */
export interface ReceivedCommand {
  /** Primary address of the mailbox that is open; `undefined` before sign-in. */
  readonly mailbox: string | undefined;
  /** Upper case, e.g. `UID FETCH`. */
  readonly name: string;
  /** The whole command without tag and literals; of AUTHENTICATE and LOGIN only the name. */
  readonly text: string;
}

/** The IMAP server of the own Microsoft 365: implicit TLS on loopback, in Exchange Online's dialect. */
export interface ImapServer extends AsyncDisposable {
  readonly port: number;
  readonly connections: number;
  readonly onDidReceiveCommand: Event<ReceivedCommand>;
  /** Ends connections whose access token has ended by the clock; by itself the server looks every few seconds. */
  endExpiredSessions(): Promise<void>;
  /** Breaks every connection, as a fault of the network does. */
  breakConnections(): void;
}

/** base64 of a server name in UTF-16, as Exchange's greeting has it. */
const BANNER = Buffer.from('EXACTTESTHOST.LOOPBACK.EXAMPLE', 'utf16le').toString('base64');
const EXPIRY_INTERVAL_MS = 5_000;
const SECRET_COMMANDS = new Set(['AUTHENTICATE', 'LOGIN']);

/** @throws the system's error when the port is taken */
export async function startImapServer(options: ImapServerOptions): Promise<ImapServer> {
  const { certificate, reportError } = options;
  const received = new Emitter<ReceivedCommand>();
  const sessions = new Map<TLSSocket, ImapSession>();
  const services: ImapServices = {
    ...options,
    banner: BANNER,
    record: (session, parsed, raw) => {
      received.fire(describe(session, parsed, raw));
    },
  };
  const tls = { key: certificate.key, cert: certificate.chain, minVersion: 'TLSv1.2', noDelay: true } as const;
  const server = createServer(tls, (socket) => {
    const session = new ImapSession(socket, services);
    sessions.set(socket, session);
    socket.on('close', () => sessions.delete(socket));
    serve(session, socket, reportError);
  });
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const endExpiredSessions = async () => {
    await Promise.all([...sessions.values()].map((session) => session.endIfExpired()));
  };
  const timer = setInterval(() => {
    endExpiredSessions().catch(reportError);
  }, EXPIRY_INTERVAL_MS);
  timer.unref();
  const breakConnections = trackConnections(server);
  return {
    port: portOf(server),
    get connections() {
      return sessions.size;
    },
    onDidReceiveCommand: received.event,
    endExpiredSessions,
    breakConnections,
    [Symbol.asyncDispose]: () => {
      clearInterval(timer);
      return close(server, breakConnections);
    },
  };
}

function serve(session: ImapSession, socket: TLSSocket, reportError: (error: unknown) => void): void {
  // A client that breaks off is normal; the reading side ends by it.
  socket.on('error', () => undefined);
  session.run().catch((error: unknown) => {
    if (!socket.destroyed) reportError(error);
    socket.destroy();
  });
}

/** Those that have not got through the handshake yet too. Gives what breaks them all. */
function trackConnections(server: Server): () => void {
  const connections = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    connections.add(socket);
    socket.on('close', () => connections.delete(socket));
  });
  return () => {
    for (const socket of connections) socket.destroy();
  };
}

function describe(session: ImapSession, { name }: ParsedCommand, { text }: RawCommand): ReceivedCommand {
  const withoutTag = text.slice(text.indexOf(' ') + 1).replaceAll(LITERAL_MARK, '{literal}');
  return { mailbox: session.signedIn?.address, name, text: SECRET_COMMANDS.has(name) ? name : withoutTag };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('The server has no port');
  return address.port;
}

async function close(server: Server, breakConnections: () => void): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  breakConnections();
  await closed;
}
