import type { Failure, Fence, JobRun, MicrosoftEndpoints, ProviderLimits } from '@exact/host-contracts';
import type { AccountSettings, ScheduleSettings } from '../settings/settings.js';
import type { AccessTokens } from '../sign-in/sign-in.js';

/** What one run of the send job works with. */
export interface SendContext {
  readonly run: JobRun;
  readonly fence: Fence;
  readonly account: AccountSettings;
  readonly schedule: ScheduleSettings;
  readonly tokens: AccessTokens;
  readonly limits: ProviderLimits;
  /** Asked for each connection: where the servers are may change while a run lasts. */
  readonly endpoints: MicrosoftEndpoints;
}

/** What a run leaves to the next one of the same process. */
export interface SendMemory {
  /** A blip of the network alarms nobody: the second failure in a row does. */
  failuresInRow: number;
  /** Somebody, or a preset time, asked to send, and not all of it has left. */
  isOwed: boolean;
}

/** Why a run can't go on; the next one may. */
export type RunEnd =
  /** The lease is gone or the host stops. */
  | { readonly kind: 'stopped' }
  /** The host says that the database is not the practice's live one. */
  | { readonly kind: 'not-genuine'; readonly reason: string }
  /** The server can't be reached, does not let us in or takes nothing. */
  | { readonly kind: 'no-connection'; readonly failure: Failure };
