import { contract } from '../contract.js';

/** A mail server. */
export interface MailServer {
  /** Name that the certificate must show. */
  readonly host: string;
  readonly port: number;
  /** PEM of the authorities that may vouch for it; `undefined` = those of the system. */
  readonly ca?: string;
}

/** What the provider allows, as data, so that a test gives others. */
export interface ProviderLimits {
  /** Emails a minute per account; Microsoft: 30. */
  readonly messagesPerMinute: number;
  /** Recipients in 24 hours per account; Microsoft: 10,000. */
  readonly recipientsPerDay: number;
  /** Recipients of one email; Microsoft: 500. */
  readonly recipientsPerMessage: number;
  /** Attachments of one email; Microsoft: 250. */
  readonly attachmentsPerMessage: number;
  /**
   * Bytes of one email as it goes over the wire; Microsoft: 35 MB (36,700,160) by default. `bytesOnTheWay` tells before
   * sending how many it will have.
   */
  readonly messageBytes: number;
}

/** An HTTP proxy on the way to Microsoft, for sign-in, IMAP and submission alike: CONNECT, RFC 9110 section 9.3.6. */
export interface HttpProxy {
  /**
   * `http://proxy.practice.example:8080`, or `https://` when the way to the proxy itself is encrypted. Default port 80 or
   * 443. With `user:password@` (percent-encoded) for a proxy that asks for Basic credentials (RFC 7617): never logged or shown.
   */
  readonly url: string;
  /**
   * Servers that are reached without it, each as an entry of `NO_PROXY`: a name with all below it, `.example`, an IP
   * address, a range such as `10.0.0.0/8`, each with `:port` or without; `*` = all. Default: this computer's own
   * addresses (`localhost`, `127.0.0.0/8`, `::1`); a list replaces them.
   */
  readonly bypass?: readonly string[];
}

/** Where Microsoft 365 is. Given by the host's code, never by a setting that a user can edit. */
export interface MicrosoftServices {
  /** The app registration, see `docs/entra-app-registration.md`. */
  readonly clientId: string;
  /** `https://login.microsoftonline.com/organizations`, or a tenant's. */
  readonly authority: string;
  /** MSAL's `authorityMetadata` (JSON); only a stand-in for Microsoft needs it. */
  readonly authorityMetadata?: string;
  /** IMAP with implicit TLS: outlook.office365.com:993. */
  readonly imap: MailServer;
  /** Submission with STARTTLS: smtp.office365.com:587. */
  readonly smtp: MailServer;
  /**
   * Given by a host that knows the practice's proxy (on Windows that of the system's settings). `undefined` = what the
   * process's environment says in `HTTPS_PROXY` and `NO_PROXY`; a direct way when it says nothing.
   */
  readonly proxy?: HttpProxy;
  readonly limits: ProviderLimits;
}

/** The host's answer to where Microsoft 365 is and what it allows. */
export interface MicrosoftEndpoints {
  get(): Promise<MicrosoftServices>;
}

/** Use this to know where to sign in, receive and send. */
export const MicrosoftEndpoints = contract<MicrosoftEndpoints>('MicrosoftEndpoints');
