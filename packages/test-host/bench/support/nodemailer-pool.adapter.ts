import { createTransport } from 'nodemailer';

export interface PoolLogin {
  readonly port: number;
  readonly ca: string;
  readonly user: string;
  readonly accessToken: string;
}

export interface PooledEmail {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Sends all of them over one kept connection of nodemailer's own pool. */
export async function sendPooled(login: PoolLogin, emails: readonly PooledEmail[]): Promise<void> {
  const transport = createTransport({
    pool: true,
    maxConnections: 1,
    maxMessages: Infinity,
    host: '127.0.0.1',
    port: login.port,
    requireTLS: true,
    tls: { ca: login.ca },
    auth: { type: 'OAuth2', user: login.user, accessToken: login.accessToken },
  });
  try {
    await Promise.all(emails.map((email) => transport.sendMail({ ...email })));
  } finally {
    transport.close();
  }
}
