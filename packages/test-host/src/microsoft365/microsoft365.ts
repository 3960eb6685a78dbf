import { join } from 'node:path';
import type { MicrosoftServices } from '@exact/host-contracts';
import { sampleCast, type Cast } from './cast.js';
import { createCertificates } from './certificates.adapter.js';
import { systemClock, type Microsoft365Clock } from './clock.js';
import { identityStateFile, once, removeDirectory } from './data-files.js';
import { startIdentityProvider, type IdentityProvider } from './identity/identity-provider.js';
import { startImapServer, type ImapServer } from './imap/imap-server.js';
import { MailSituations } from './mail-situations.js';
import { Mailboxes } from './mailboxes/mailboxes.js';
import { Patients } from './patients/patients.js';
import { harmfulEmail } from './sample-mail/harmful-email.js';
import { sampleMail, seedMailboxes, type SampleMail } from './sample-mail/seed-mailboxes.js';
import { startSubmissionServer, type SubmissionServer } from './smtp/submission-server.js';
import { microsoftLimits, type SubmissionLimits } from './smtp/submission-limits.js';

export { IMAP_SCOPE, SMTP_SCOPE } from './access-tokens.js';
export type { ConsentBy, RefreshFault } from './identity/situations.js';
export type { MailSituation } from './mail-situations.js';

/** The app registration that the own Microsoft 365 knows. */
export const OWN_CLIENT_ID = 'e5a1f0c2-7b43-4d0e-9a55-3c2f6b8d1e70';
/** By number: a library that asks DNS for `localhost` itself would wait for a name server that may not be there. */
const HOST = '127.0.0.1';
const AUTHORITY = 'https://login.microsoftonline.com/organizations';

export interface Microsoft365Options {
  /** Where grants, mail and keys outlive a restart. Default: nowhere. */
  readonly dataDir?: string;
  /** Default: the machine's time. */
  readonly clock?: Microsoft365Clock;
  /** Default: the sample cast. */
  readonly cast?: Cast;
  /** Default: `OWN_CLIENT_ID`. */
  readonly clientId?: string;
  /** TCP ports on 127.0.0.1. Default: free ones. */
  readonly ports?: { readonly identity?: number; readonly imap?: number; readonly smtp?: number };
  /** Beside Microsoft's own. */
  readonly limits?: Partial<SubmissionLimits>;
  /** Messages in the INBOXes at the first start. Default: 300 in reception's, a few in the others. */
  readonly sampleMail?: SampleMail;
  /** Waits for a message that is over the limit of a minute. Default: real time. */
  readonly sleep?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Told of faults in the servers themselves. */
  readonly reportError: (error: unknown) => void;
}

/** A Microsoft 365 of our own on loopback: sign-in, IMAP and submission over one cast. */
export interface Microsoft365 extends AsyncDisposable {
  /** What the plugin needs to know, as the host's `MicrosoftEndpoints` gives it. */
  readonly services: MicrosoftServices;
  readonly cast: Cast;
  readonly identity: IdentityProvider;
  readonly mailboxes: Mailboxes;
  readonly imap: ImapServer;
  readonly smtp: SubmissionServer;
  /** Faults of mail to turn on and off; those of sign-in are `identity.situations`. */
  readonly situations: MailSituations;
  readonly patients: Patients;
  /** A stranger writes to every account one email that would do harm to whoever trusts it. */
  readonly deliverHarmfulEmail: () => void;
}

/** @throws the system's error when a port is taken or the directory can't be written */
export async function startMicrosoft365(options: Microsoft365Options): Promise<Microsoft365> {
  const {
    dataDir,
    clock = systemClock,
    cast = sampleCast,
    clientId = OWN_CLIENT_ID,
    ports = {},
    reportError,
  } = options;
  await using starting = new AsyncDisposableStack();
  const identity = starting.use(
    await startIdentityProvider({
      cast,
      clock,
      clientId,
      reportError,
      ...(ports.identity === undefined ? {} : { port: ports.identity }),
      ...(dataDir === undefined ? {} : { store: identityStateFile(dataDir) }),
    }),
  );
  const mailboxes = await openMailboxes(options, cast, clock);
  const certificates = await createCertificates(clock);
  const situations = new MailSituations();
  const shared = {
    cast,
    clock,
    mailboxes,
    situations,
    inspectAccessToken: (token: string) => identity.inspectAccessToken(token),
    certificate: certificates.server,
    reportError,
  };
  const { limits = {}, sleep } = options;
  const imap = starting.use(await startImapServer({ ...shared, port: ports.imap ?? 0 }));
  const smtp = starting.use(
    await startSubmissionServer({ ...shared, port: ports.smtp ?? 0, limits, ...(sleep && { sleep }) }),
  );
  const servers = starting.move();
  return {
    services: {
      clientId,
      authority: AUTHORITY,
      authorityMetadata: identity.authorityMetadata,
      imap: { host: HOST, port: imap.port, ca: certificates.ca },
      smtp: { host: HOST, port: smtp.port, ca: certificates.ca },
      limits: { ...microsoftLimits, attachmentsPerMessage: 250, ...limits },
    },
    cast,
    identity,
    mailboxes,
    imap,
    smtp,
    situations,
    patients: new Patients(cast, clock, mailboxes),
    deliverHarmfulEmail: () => {
      for (const { address } of cast.accounts) mailboxes.deliver(address, harmfulEmail(address, clock.now()));
    },
    [Symbol.asyncDispose]: () => servers.disposeAsync(),
  };
}

async function openMailboxes(options: Microsoft365Options, cast: Cast, clock: Microsoft365Clock): Promise<Mailboxes> {
  const { dataDir, sampleMail: counts = sampleMail } = options;
  if (dataDir === undefined) {
    const mailboxes = new Mailboxes(cast, clock, undefined);
    seedMailboxes(mailboxes, cast, clock, counts);
    return mailboxes;
  }
  const directory = join(dataDir, 'mailboxes');
  await once(dataDir, 'sample-mail-is-there', {
    begin: () => removeDirectory(directory),
    work: () => seedMailboxes(new Mailboxes(cast, clock, directory), cast, clock, counts),
  });
  return new Mailboxes(cast, clock, directory);
}
