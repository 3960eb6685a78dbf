import { FailureError, type Failure } from '@exact/host-contracts';
import type { SignInOutcome } from './sign-in.js';

type Msal = typeof import('./msal-node.adapter.js');

/** An administrator has to approve the app first. `failure`: for whoever can't wait for that. */
export interface ApprovalNeeded {
  readonly kind: 'approval-needed';
  /** Microsoft's name for the sign-in that it refused. */
  readonly correlationId: string | undefined;
  readonly failure: Failure;
}

/** What an error means that ended a sign-in on Microsoft's pages. */
export async function explainSignInError(
  error: unknown,
  loadMsal: () => Promise<Msal>,
  now: number,
): Promise<Exclude<SignInOutcome, { kind: 'signed-in' }> | ApprovalNeeded> {
  if (error instanceof FailureError) return { kind: 'failed', failure: error.failure };
  const [{ judgeMsalError, refusalOf }, { signInRefused, signInUnreachable }] = await Promise.all([
    loadMsal(),
    import('./microsoft-failures.js'),
  ]);
  const refusal = refusalOf(error);
  const { asksForApproval, correlationIdIn } = await import('./approval/approval-answer.js');
  if (refusal && asksForApproval(refusal)) {
    const { approvalNeededAgain } = await import('./approval/approval-failures.js');
    const { description } = refusal;
    return {
      kind: 'approval-needed',
      correlationId: correlationIdIn(description),
      failure: { ...approvalNeededAgain(), details: description },
    };
  }
  const judgement = judgeMsalError(error);
  switch (judgement.kind) {
    case 'cancelled':
    case 'timed-out':
      return { kind: judgement.kind };
    case 'transient':
      return { kind: 'failed', failure: signInUnreachable(judgement.words, now) };
    case 'refused':
    case 'sign-in-required':
      return { kind: 'failed', failure: signInRefused(judgement.words) };
  }
}
