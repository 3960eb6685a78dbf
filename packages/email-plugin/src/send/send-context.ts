import type { Failure, Fence, JobRun, MicrosoftServices } from '@exact/host-contracts';
import type { AccountSettings, ScheduleSettings } from '../settings/settings.js';
import type { AccessTokens } from '../sign-in/sign-in.js';

/** What one run of the send job works with. */
export interface SendContext {
  readonly run: JobRun;
  readonly fence: Fence;
  readonly account: AccountSettings;
  readonly schedule: ScheduleSettings;
  readonly tokens: AccessTokens;
  readonly microsoft: MicrosoftServices;
}

/** Why a run can't go on; the next one may. */
export type RunEnd =
  /** The lease is gone or the host stops. */
  | { readonly kind: 'stopped' }
  /** The server can't be reached or does not let us in. */
  | { readonly kind: 'no-connection'; readonly failure: Failure };
