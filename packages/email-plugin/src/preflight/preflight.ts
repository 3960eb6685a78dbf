import type { Clock, MicrosoftEndpoints, MicrosoftServices } from '@exact/host-contracts';
import type { Network, ServerAddress } from '../network/network.js';
import { within } from '../network/time-limit.js';
import { checkAuthorityMetadata } from '../sign-in/authority-metadata.js';
import { clockWarning, obstaclesIn, type BlockedWay, type Purpose } from './findings.js';
import { lookAtImap, lookAtSubmission } from './mail-ways.js';
import type { Readiness } from './readiness.js';
import { lookAtSignIn, tokenAddress } from './sign-in-way.js';

/** Who does not answer so long is taken not to answer at all, milliseconds. */
const LIMIT_MS = 4_000;
/** Kerberos and many sign-in rules allow five minutes (RFC 4120 section 1.6), and so does whoever checks our tokens. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

/** A server that a sign-in needs, and how its way is looked at. */
interface Way<T> {
  readonly purpose: Purpose;
  readonly server: ServerAddress;
  look(signal: AbortSignal): Promise<T>;
}

/**
 * The look before Microsoft's page opens: whether names, ports, encryption and a proxy let us through to the sign-in service
 * and to both mail servers, and whether the clock is right. All at once, so that a good line costs one round of each.
 */
export class Preflight {
  constructor(
    private readonly network: Network,
    private readonly endpoints: MicrosoftEndpoints,
    private readonly clock: Clock,
  ) {}

  /**
   * Ends within four seconds of the host's clock.
   *
   * @throws FailureError `sign-in.foreign-authority`, or the signal's reason
   */
  async look(signal: AbortSignal): Promise<Readiness> {
    const services = await this.endpoints.get();
    if (services.authorityMetadata !== undefined) checkAuthorityMetadata(services.authorityMetadata);
    const [signIn, ...mail] = await Promise.all([
      this.tried(this.signInWay(services), signal),
      ...this.mailWays(services).map((way) => this.tried(way, signal)),
    ]);
    signal.throwIfAborted();
    const aheadMs = 'met' in signIn ? signIn.met.aheadMs : undefined;
    return {
      obstacles: obstaclesIn([signIn, ...mail].filter((end) => 'error' in end)),
      warnings: aheadMs !== undefined && Math.abs(aheadMs) > CLOCK_TOLERANCE_MS ? [clockWarning(aheadMs)] : [],
    };
  }

  private signInWay(services: MicrosoftServices) {
    const address = tokenAddress(services);
    const { hostname, port, protocol } = address;
    return {
      purpose: 'signing in',
      server: { host: hostname, port: port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port) },
      look: (signal: AbortSignal) => lookAtSignIn(address, this.network, this.clock, signal),
    } as const;
  }

  private mailWays({ imap, smtp }: MicrosoftServices): readonly Way<void>[] {
    return [
      { purpose: 'receiving email', server: imap, look: (signal) => lookAtImap(imap, this.network, signal) },
      { purpose: 'sending email', server: smtp, look: (signal) => lookAtSubmission(smtp, this.network, signal) },
    ];
  }

  private async tried<T>(way: Way<T>, signal: AbortSignal): Promise<{ readonly met: T } | BlockedWay> {
    const { purpose, server } = way;
    try {
      const wait = (ended: AbortSignal) => this.clock.sleep(LIMIT_MS, ended);
      return { met: await within(wait, signal, (ending) => way.look(ending)) };
    } catch (error) {
      return { purpose, server, error };
    }
  }
}
