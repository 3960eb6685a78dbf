import type { MailServer, MicrosoftServices } from '@exact/host-contracts';
import { createCertificates, type CertificateWish } from '../microsoft365/certificates.adapter.js';
import type { Microsoft365Clock } from '../microsoft365/clock.js';
import { closedPort, startSilentServer, startSubmissionServer, startTlsServer } from './decoy.js';
import { startHttpProxy, type HttpProxyOptions, type Place, type ProxyMood } from './http-proxy.js';
import { startSlowLine } from './slow-line.js';
import { startRelayFromAnotherTime } from './time-relay.js';

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;
/** Half a megabit: a village's. */
const SLOW_BYTES_PER_SECOND = 64_000;

/** What a fault makes of the services that the plugin is told. */
export type ServicesChange = (services: MicrosoftServices) => MicrosoftServices;

/** What a fault starts with. */
export interface FaultStart {
  /** Where the services truly are. */
  readonly services: MicrosoftServices;
  readonly clock: Microsoft365Clock;
  /** Ends with the fault. */
  readonly servers: AsyncDisposableStack;
}

/** Begins a fault: real servers in the place of Microsoft's, or none. */
export type Fault = (start: FaultStart) => Promise<ServicesChange>;

/** The faults of a practice's network, by id. */
export const NETWORK_FAULTS = {
  'sign-in-blocked': async () => {
    const port = await closedPort();
    return (services) => withSignInAt(services, `http://127.0.0.1:${port}`);
  },
  'sign-in-elsewhere': () =>
    Promise.resolve((services) => {
      const metadata = JSON.parse(services.authorityMetadata ?? '{}') as Readonly<Record<string, string>>;
      const authorization_endpoint = 'https://login.microsoftonline.com.sign-in.example/authorize';
      return { ...services, authorityMetadata: JSON.stringify({ ...metadata, authorization_endpoint }) };
    }),
  'receiving-blocked': async () => {
    const port = await closedPort();
    return (services) => ({ ...services, imap: { ...services.imap, port } });
  },
  'sending-blocked': async () => {
    const port = await closedPort();
    return (services) => ({ ...services, smtp: { ...services.smtp, port } });
  },
  'receiving-silent': async ({ servers }) => {
    const { port } = servers.use(await startSilentServer());
    return (services) => ({ ...services, imap: { ...services.imap, port } });
  },
  'receiving-slow': async ({ servers, services }) => {
    const { port } = servers.use(await startSlowLine(services.imap, SLOW_BYTES_PER_SECOND));
    return (before) => ({ ...before, imap: { ...before.imap, port } });
  },
  'names-unknown': () =>
    Promise.resolve((services) => ({
      ...services,
      imap: { ...services.imap, host: 'outlook.office365.invalid' },
      smtp: { ...services.smtp, host: 'smtp.office365.invalid' },
    })),
  'connections-opened': (start) => withCertificate(start, { authority: 'Security product' }, false),
  'certificate-ended': (start) => withCertificate(start, { endedAt: Date.now() - DAY_MS }, true),
  'certificate-of-another': (start) => withCertificate(start, { name: 'mail.elsewhere.example' }, true),
  'sending-unencrypted': async ({ servers }) => {
    const { port } = servers.use(await startSubmissionServer());
    return (services) => ({ ...services, smtp: { ...services.smtp, port } });
  },
  'clock-wrong': (start) => fromAnotherTime(start, HOUR_MS),
  'clock-fast': (start) => fromAnotherTime(start, -HOUR_MS),
  'only-through-proxy': (start) => behindProxy(start, 'lets-through'),
  'proxy-asks': (start) => behindProxy(start, 'lets-through', { credentials: { name: 'practice', password: 'Smile' } }),
  'proxy-refuses': (start) => behindProxy(start, 'refuses'),
  'proxy-silent': (start) => behindProxy(start, 'hangs'),
} as const satisfies Readonly<Record<string, Fault>>;

export type NetworkFaultId = keyof typeof NETWORK_FAULTS;

/** Both mail servers with a certificate that is wrong in one way. `isTrusted`: its authority is not what is wrong. */
async function withCertificate(
  { clock, servers }: FaultStart,
  wish: CertificateWish,
  isTrusted: boolean,
): Promise<ServicesChange> {
  const { ca, server } = await createCertificates(clock, wish);
  const [imap, smtp] = await Promise.all([startTlsServer(server), startSubmissionServer(server)]);
  servers.use(imap);
  servers.use(smtp);
  const put = (place: MailServer, port: number): MailServer => ({ ...place, port, ...(isTrusted && { ca }) });
  return (services) => ({ ...services, imap: put(services.imap, imap.port), smtp: put(services.smtp, smtp.port) });
}

/** The sign-in service's time is ahead of this computer's. */
async function fromAnotherTime({ servers, services }: FaultStart, aheadMs: number): Promise<ServicesChange> {
  const { url } = servers.use(await startRelayFromAnotherTime(signInOf(services).origin, aheadMs));
  return (before) => withSignInAt(before, url);
}

/** Nothing of it can be reached but through a proxy, which the host knows. */
async function behindProxy(
  { services, servers }: FaultStart,
  mood: ProxyMood,
  options: Pick<HttpProxyOptions, 'credentials'> = {},
): Promise<ServicesChange> {
  const signIn = signInOf(services);
  const ports = { signIn: await closedPort(), imap: await closedPort(), smtp: await closedPort() };
  const routes = new Map<string, Place>([
    [`127.0.0.1:${ports.signIn}`, { host: signIn.hostname, port: Number(signIn.port) }],
    [`${services.imap.host}:${ports.imap}`, services.imap],
    [`${services.smtp.host}:${ports.smtp}`, services.smtp],
  ]);
  const proxy = servers.use(await startHttpProxy({ routes, ...options }));
  proxy.mood = mood;
  return (before) => ({
    ...withSignInAt(before, `http://127.0.0.1:${ports.signIn}`),
    imap: { ...before.imap, port: ports.imap },
    smtp: { ...before.smtp, port: ports.smtp },
    proxy: { url: proxy.url, bypass: [] },
  });
}

/** Where the own Microsoft 365 gives tokens. */
function signInOf({ authorityMetadata = '{}' }: MicrosoftServices): URL {
  const { token_endpoint: address } = JSON.parse(authorityMetadata) as { readonly token_endpoint: string };
  return new URL(address);
}

/** What the plugin itself asks goes there; the pages stay where they are, since a browser has a way of its own. */
function withSignInAt(services: MicrosoftServices, origin: string): MicrosoftServices {
  const metadata = JSON.parse(services.authorityMetadata ?? '{}') as Readonly<Record<string, string>>;
  const { pathname } = signInOf(services);
  const authorityMetadata = JSON.stringify({ ...metadata, token_endpoint: origin + pathname });
  return { ...services, authorityMetadata };
}
