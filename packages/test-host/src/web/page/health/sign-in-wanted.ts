import type { Failure } from '@exact/host-contracts';
import type { EmailService } from '../../api/host-types.js';

/** Whether signing in again puts it right. */
export function wantsSignIn({ code, retry }: Failure): boolean {
  return retry.kind === 'after-sign-in' || code === 'sign-in.ends-soon';
}

/** The sign-in has ended, or is going to. */
export function isSignInWanted({ state, reports }: EmailService): boolean {
  return state === 'sign-in required' || reports.some(({ failure }) => failure !== undefined && wantsSignIn(failure));
}
