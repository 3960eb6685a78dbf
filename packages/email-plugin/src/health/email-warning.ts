import { Prompts, type Failure } from '@exact/host-contracts';
import { inject, injectable } from 'inversify';
import type { SignedInAccount } from '../sign-in/sign-in.js';

/** The command behind **Re-authenticate Now**. */
export const REAUTHENTICATE_COMMAND = 'email.reauthenticate';

const PROMPT_ID = 'email.warning';

/** The Email Warning: somebody has to sign in again. */
@injectable()
export class EmailWarning {
  constructor(@inject(Prompts) private readonly prompts: Prompts) {}

  /** Shows the warning until it is cleared; raising it again replaces it. */
  async raise(failure: Failure, account: SignedInAccount): Promise<void> {
    // Each refusal has other words of Microsoft's: with them the prompt would say something new each time it is put off.
    const { code, sentence, fixedBy, advice, retry } = failure;
    await this.prompts.raise({
      id: PROMPT_ID,
      title: 'Email Warning',
      text: `EXACT can no longer send or receive email, because the sign-in of ${account.username} has ended. No email is lost: what waits leaves as soon as somebody has signed in again.`,
      failure: { code, sentence, fixedBy, advice, retry },
      right: 'configure-email',
      othersSee: 'Email is waiting: somebody who may set up email has to sign in again.',
      choices: [
        { text: 'Re-authenticate Now', command: { command: REAUTHENTICATE_COMMAND } },
        { text: 'Later', postpones: true },
      ],
    });
  }

  /** Takes the warning away, if it stands. */
  async clear(): Promise<void> {
    await this.prompts.withdraw(PROMPT_ID);
  }
}
