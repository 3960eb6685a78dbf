import type { Failure } from '@exact/host-contracts';

/** Microsoft signs nobody of the organisation in to EXACT before an administrator has allowed it. */
export function approvalNeeded(): Failure {
  return {
    code: 'sign-in.approval-needed',
    sentence: 'Your organisation wants an administrator to approve EXACT Email before anybody signs in.',
    fixedBy: 'admin',
    advice:
      'Press Copy message for IT and send it to your IT support. EXACT waits, and goes on by itself once it is approved.',
    retry: { kind: 'after-sign-in' },
  };
}

/** The same for somebody who signs in again, and where it is waited for. */
export function approvalNeededAgain(): Failure {
  return {
    ...approvalNeeded(),
    advice:
      'Open Configure > Email and SMS Setup and press Authenticate there: it then has a message for your IT support, and waits for them.',
  };
}

/** Nobody approved within the hour that EXACT waits. */
export function approvalNotGiven(): Failure {
  return {
    code: 'sign-in.approval-not-given',
    sentence: 'The approval did not come within an hour, so EXACT waits no longer.',
    fixedBy: 'admin',
    advice:
      'Press Authenticate once your IT support says that EXACT Email is approved. The link in the message still works.',
    retry: { kind: 'after-sign-in' },
  };
}
