import type { Clock, HttpProxy } from '@exact/host-contracts';
import type { Microsoft365Options } from '../microsoft365/microsoft365.js';
import type { OtherServers, RealMicrosoft365 } from './endpoints.js';

/** How a test host is started. Nothing is needed but a plugin, if one is to be there. */
export interface TestHostOptions {
  /** The plugin's package directory. */
  readonly plugin?: string;
  /** Several, loaded in this order, `plugin` first. */
  readonly plugins?: readonly string[];
  /** What the host says it is. Default: `V13.706`. */
  readonly hostVersion?: string;
  /** Where database, log and mail lie. Default: a directory that goes with the test host. */
  readonly dataDir?: string;
  /**
   * The data directory of a running test host, whose workstation this one is: another PC of the practice, with page, menu,
   * wizard and Email window. It runs no jobs and has that one's Microsoft 365, so that options about data and Microsoft
   * 365 mean nothing here. Default: this one is a server.
   */
  readonly workstationOf?: string;
  /** The name of the person before this screen, as changes are recorded under. Default: `Front desk`. */
  readonly user?: string;
  /** Default: the machine's. A `FakeClock` moves the own Microsoft 365, too. */
  readonly clock?: Clock;
  /** Default: what the data directory has, at first `Bright Smile Dental`. */
  readonly databaseName?: string;
  /** Port of the page on 127.0.0.1. Default: 0, any free one. */
  readonly port?: number;
  /** `false` = no page. Default: `true`. */
  readonly web?: boolean;
  readonly microsoft365?: Pick<Microsoft365Options, 'cast' | 'limits' | 'ports' | 'sampleMail' | 'sleep'>;
  /** Other mail servers on this machine instead of those of the own Microsoft 365. */
  readonly servers?: OtherServers;
  /**
   * The practice's proxy on the way to Microsoft 365. With the own one it is on this machine, and `bypass` is empty by
   * default, since everything lies on this machine then. Default: what `HTTPS_PROXY` and `NO_PROXY` say.
   */
  readonly proxy?: HttpProxy;
  /** The real Microsoft 365 instead of the own one. */
  readonly real?: RealMicrosoft365;
  /** The only addresses that may be written to. Default: everybody in the own Microsoft 365, nobody in the real one. */
  readonly allowRecipients?: readonly string[];
  /** One line of staff's about email as an older EXACT left it behind, e.g. `POP3, mail.practice.example`. */
  readonly otherEmail?: string;
}
