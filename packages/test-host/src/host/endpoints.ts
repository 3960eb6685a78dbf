import { isIPv4 } from 'node:net';
import type { HttpProxy, MailServer, MicrosoftServices, ProviderLimits } from '@exact/host-contracts';
import { StartRefusal } from './start-refusal.js';

/** A mail server that takes the place of Microsoft's. */
export interface OtherServer {
  readonly host: string;
  readonly port: number;
}

/** Other mail servers than those of the own Microsoft 365. */
export interface OtherServers {
  readonly imap?: OtherServer;
  readonly smtp?: OtherServer;
  /** PEM of the authorities that vouch for them. Default: that of the own Microsoft 365. */
  readonly ca?: string;
}

/** The real Microsoft 365. */
export interface RealMicrosoft365 {
  /** The app registration. */
  readonly clientId: string;
  /** Tenant id or domain. Default: any organisation. */
  readonly tenant?: string;
}

/** https://learn.microsoft.com/en-us/office365/servicedescriptions/exchange-online-service-description/exchange-online-limits */
const LIMITS: ProviderLimits = {
  messagesPerMinute: 30,
  recipientsPerDay: 10_000,
  recipientsPerMessage: 500,
  attachmentsPerMessage: 250,
  messageBytes: 36_700_160,
};

/** https://learn.microsoft.com/en-us/exchange/clients-and-mobile-in-exchange-online/pop3-and-imap4/pop3-and-imap4 */
export function realServices({ clientId, tenant = 'organizations' }: RealMicrosoft365): MicrosoftServices {
  return {
    clientId,
    authority: `https://login.microsoftonline.com/${encodeURIComponent(tenant)}`,
    imap: { host: 'outlook.office365.com', port: 993 },
    smtp: { host: 'smtp.office365.com', port: 587 },
    limits: LIMITS,
  };
}

/** Puts other servers in the place of the own Microsoft 365's. */
export function withOtherServers(own: MicrosoftServices, { imap, smtp, ca }: OtherServers): MicrosoftServices {
  const replaced = (server: MailServer, other: OtherServer | undefined): MailServer => {
    const authority = ca ?? server.ca;
    return other ? { ...other, ...(authority !== undefined && { ca: authority }) } : server;
  };
  return { ...own, imap: replaced(own.imap, imap), smtp: replaced(own.smtp, smtp) };
}

/**
 * Sign-ins go only where they belong: those of the own Microsoft 365 to servers on this machine, those of the real one to
 * its own.
 *
 * @throws StartRefusal `foreign-server`
 */
export function checkServers({ imap, smtp }: OtherServers, real: RealMicrosoft365 | undefined): void {
  for (const { host } of [imap ?? [], smtp ?? []].flat()) {
    if (real) throw new StartRefusal('foreign-server', `${host} must not get sign-ins of the real Microsoft 365.`);
    if (!isLoopback(host)) {
      throw new StartRefusal(
        'foreign-server',
        `${host} is not on this machine: it must not get the test host’s sign-ins.`,
      );
    }
  }
}

/**
 * What the test host's own sign-ins go through must be on this machine, too.
 *
 * @throws StartRefusal `proxy-unusable`
 */
export function checkProxy({ url }: HttpProxy, real: RealMicrosoft365 | undefined): void {
  const { protocol, hostname } = URL.canParse(url) ? new URL(url) : { protocol: '', hostname: '' };
  if (!/^https?:$/.test(protocol) || hostname === '') {
    throw new StartRefusal('proxy-unusable', 'The proxy must be given as http://name:port or https://name:port.');
  }
  if (!real && !isLoopback(hostname.replace(/^\[(.*)\]$/, '$1'))) {
    throw new StartRefusal('proxy-unusable', `The proxy ${hostname} must be on this machine, as the sign-ins are.`);
  }
}

/** RFC 5735 section 3 (127.0.0.0/8), RFC 4291 section 2.5.3 (::1), RFC 6761 section 6.3 (localhost). */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
}
