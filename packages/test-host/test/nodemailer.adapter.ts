import { createTransport } from 'nodemailer';

export interface SmtpLogin {
  readonly port: number;
  readonly ca: string;
  readonly user: string;
  readonly accessToken: string;
}

export interface Outgoing {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
}

/** Submits one message and gives the server's last reply. Rejects with `responseCode` and `response` of a refusal. */
export async function submit(login: SmtpLogin, { from, to, raw }: Outgoing): Promise<string> {
  const transport = createTransport({
    host: '127.0.0.1',
    port: login.port,
    requireTLS: true,
    tls: { ca: login.ca },
    auth: { type: 'OAuth2', user: login.user, accessToken: login.accessToken },
  });
  try {
    const { response } = await transport.sendMail({ envelope: { from, to: [...to] }, raw });
    return response;
  } finally {
    transport.close();
  }
}
