import { once } from 'node:events';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createServer, type TLSSocket } from 'node:tls';
import type { MailServer } from '@exact/host-contracts';
import { certificateFor } from './certificate.adapter.js';

/** What the server writes, e.g. after a command. Without an end it writes until the client closes. */
export type Answer = string | { readonly endless: string };

/** Each answer is given the command's tag and words; `undefined` = `OK`. */
export interface ImapScript {
  readonly greeting?: Answer;
  answer?(tag: string, command: string): Answer | undefined;
}

/** An IMAP server that says exactly what a test wants it to say. */
export interface ScriptedImapServer extends AsyncDisposable {
  readonly server: MailServer;
  /** Says something that nobody asked for, on every connection. */
  tell(line: string): void;
  /** Bytes that it got rid of, over all connections. */
  written(): number;
}

const CAPABILITIES = 'IMAP4rev1 AUTH=XOAUTH2 SASL-IR IDLE NAMESPACE ID';

export async function startScriptedImapServer(script: ImapScript): Promise<ScriptedImapServer> {
  const { key, certificate } = await certificateFor('localhost');
  const sockets = new Set<TLSSocket>();
  let written = 0;
  const listener = createServer({ key, cert: certificate }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      written += socket.bytesWritten;
      sockets.delete(socket);
    });
    talk(socket, script);
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  if (address === null || typeof address === 'string') throw new TypeError('no port');
  return {
    server: { host: 'localhost', port: address.port, ca: certificate },
    tell: (line) => {
      for (const socket of sockets) socket.write(line);
    },
    written: () => [...sockets].reduce((sum, socket) => sum + socket.bytesWritten, written),
    [Symbol.asyncDispose]: async () => {
      const closed = once(listener, 'close');
      listener.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function talk(socket: TLSSocket, script: ImapScript): void {
  say(socket, script.greeting ?? `* OK [CAPABILITY ${CAPABILITIES}] ready\r\n`);
  let rest = '';
  socket.setEncoding('latin1');
  socket.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\r\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const [tag = '', ...command] = line.split(' ');
      say(socket, script.answer?.(tag, command.join(' ')) ?? `${tag} OK done\r\n`);
    }
  });
}

function say(socket: TLSSocket, answer: Answer): void {
  if (typeof answer === 'string') {
    socket.write(answer);
    return;
  }
  // It ends with the connection that the client closes.
  void pipeline(Readable.from(repeat(answer.endless)), socket).catch(() => undefined);
}

function* repeat(text: string): Iterable<string> {
  for (;;) yield text;
}
