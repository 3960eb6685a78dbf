import type { Control } from '@exact/host-contracts';

export const HELP_BUTTON = 'help';
export const CODE_BUTTON = 'sign-in-by-code';
export const SHOW_CODE_BUTTON = 'show-code';

const HELP_STEPS = [
  'If Microsoft’s page shows the wrong account, or a password box that is filled in with something else, Windows is handing over another account. Close that page first.',
  'Press the Windows key and type “settings”.',
  'Open Settings.',
  'Choose Accounts.',
  'Choose Access work or school.',
  'Choose the account that is connected there.',
  'Press Disconnect and go through with it.',
  'Press Connect and sign in with the correct account.',
  'Come back to this window and press Authenticate again.',
];

/** For whom signing in does not go the straight way: the steps on Windows, and the way without this computer's browser. */
export class SignInHelp {
  private isOpen = false;
  private isWarned = false;

  /** `mayUseCode`: whether a sign-in with a code may be begun now. */
  controls(mayUseCode: boolean): readonly Control[] {
    return [
      { kind: 'help', id: HELP_BUTTON, text: 'Help with signing in', open: this.isOpen, steps: HELP_STEPS },
      {
        kind: 'button',
        id: CODE_BUTTON,
        text: 'Sign in with a code instead',
        hint: 'For when no browser on this computer opens Microsoft’s page.',
        enabled: mayUseCode,
      },
      ...(this.isWarned && mayUseCode ? WARNING : []),
    ];
  }

  /** Opens the steps, or closes them. */
  toggleSteps(): void {
    this.isOpen = !this.isOpen;
  }

  /** Nobody gets a code without having read this; pressed again it goes away. */
  toggleWarning(): void {
    this.isWarned = !this.isWarned;
  }

  /** Whether a code may be shown now: the user has read the warning. It shows anew before the next one. */
  takeWarning(): boolean {
    const { isWarned } = this;
    this.isWarned = false;
    return isWarned;
  }
}

const WARNING: readonly Control[] = [
  {
    kind: 'notice',
    id: 'code-warning',
    severity: 'warning',
    text: 'Only type the code that this window shows you. Never type a code that somebody sent or told you: that is how strangers take over a mailbox.',
  },
  { kind: 'button', id: SHOW_CODE_BUTTON, text: 'Show the code' },
];
