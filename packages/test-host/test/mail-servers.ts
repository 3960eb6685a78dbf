import type { InspectAccessToken } from '../src/microsoft365/access-tokens.js';
import { accountOfSignInName, sampleCast } from '../src/microsoft365/cast.js';
import { createCertificates } from '../src/microsoft365/certificates.adapter.js';
import { startImapServer, type ImapServer } from '../src/microsoft365/imap/imap-server.js';
import { MailSituations } from '../src/microsoft365/mail-situations.js';
import { Mailboxes } from '../src/microsoft365/mailboxes/mailboxes.js';
import { startSubmissionServer, type SubmissionServer } from '../src/microsoft365/smtp/submission-server.js';
import type { SubmissionLimits } from '../src/microsoft365/smtp/submission-limits.js';

export const RECEPTION = 'reception@brightsmile.example';
export const ALICE = 'alice.thornton@patients.example';
/** Every fake access token ends then. */
export const TOKENS_END = Date.parse('2026-11-23T11:00:00Z');
const SCOPES = ['https://outlook.office.com/IMAP.AccessAsUser.All', 'https://outlook.office.com/SMTP.Send'];

/** A clock that stands until it is moved. */
export class StandingClock {
  constructor(public time = Date.parse('2026-11-23T10:00:00Z')) {}

  now(): number {
    return this.time;
  }
}

/** An access token of a person is `token <sign-in name>`, with ` <scope>`s behind it for fewer than both. */
const inspectFakeToken: InspectAccessToken = (token) => {
  const [kind, name = '', ...scopes] = token.split('|');
  const user = accountOfSignInName(sampleCast, name);
  if (kind !== 'token' || user === undefined) return Promise.resolve({ valid: false, reason: 'not-ours' });
  return Promise.resolve({
    valid: true,
    user,
    scopes: new Set(scopes.length === 0 ? SCOPES : scopes),
    expiresAt: TOKENS_END,
  });
};

export interface MailServersOptions {
  readonly directory?: string;
  readonly limits?: Partial<SubmissionLimits>;
  readonly sleep?: (milliseconds: number) => Promise<void>;
}

export interface MailServers extends AsyncDisposable {
  readonly clock: StandingClock;
  readonly mailboxes: Mailboxes;
  readonly situations: MailSituations;
  readonly imap: ImapServer;
  readonly smtp: SubmissionServer;
  readonly ca: string;
  /** A person's login; `user` when the SASL user name is another. */
  login(
    server: 'imap' | 'smtp',
    person: string,
    user?: string,
  ): {
    readonly port: number;
    readonly ca: string;
    readonly user: string;
    readonly accessToken: string;
  };
}

/** IMAP and submission over the sample cast, without an identity provider. */
export async function startMailServers(options: MailServersOptions = {}): Promise<MailServers> {
  const clock = new StandingClock();
  const certificates = await createCertificates(clock);
  const mailboxes = new Mailboxes(sampleCast, clock, options.directory);
  const situations = new MailSituations();
  const faults: unknown[] = [];
  const shared = {
    cast: sampleCast,
    clock,
    mailboxes,
    situations,
    inspectAccessToken: inspectFakeToken,
    certificate: certificates.server,
    reportError: (error: unknown) => faults.push(error),
    ...(options.limits && { limits: options.limits }),
    ...(options.sleep && { sleep: options.sleep }),
  };
  const servers = new AsyncDisposableStack();
  const imap = servers.use(await startImapServer(shared));
  const smtp = servers.use(await startSubmissionServer(shared));
  return {
    clock,
    mailboxes,
    situations,
    imap,
    smtp,
    ca: certificates.ca,
    login: (server, person, user = person) => ({
      port: (server === 'imap' ? imap : smtp).port,
      ca: certificates.ca,
      user,
      accessToken: `token|${person}`,
    }),
    [Symbol.asyncDispose]: async () => {
      await servers.disposeAsync();
      if (faults.length > 0) throw new AggregateError(faults, 'A mail server failed');
    },
  };
}

/** A small message with CRLF line ends. */
export function message(subject: string, from = ALICE, to = RECEPTION): Buffer {
  return Buffer.from(
    `From: ${from}\r\nTo: ${to}\r\nSubject: ${subject}\r\nMessage-ID: <${subject}@test>\r\n\r\n${subject}\r\n`,
  );
}
