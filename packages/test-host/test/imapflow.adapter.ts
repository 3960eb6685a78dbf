import { ImapFlow } from 'imapflow';

export type ImapClient = ImapFlow;

export interface ImapLogin {
  readonly port: number;
  readonly ca: string;
  readonly user: string;
  readonly accessToken: string;
}

/** An IMAP client that nobody here wrote, set as for Exchange Online. */
export function imapClient({ port, ca, user, accessToken }: ImapLogin): ImapClient {
  const client = new ImapFlow({
    host: '127.0.0.1',
    port,
    secure: true,
    tls: { ca },
    auth: { user, accessToken },
    disableIMAP4rev2: true,
    logger: false,
  });
  // A connection that the server ends is what some tests are about; without a listener it would be thrown.
  client.on('error', () => undefined);
  return client;
}
