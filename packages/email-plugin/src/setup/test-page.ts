import type { Control, Failure, JsonValue, PageModel, WizardPage } from '@exact/host-contracts';
import { unknownControl } from './control-value.js';
import type { Draft } from './draft.js';
import type { SetupTest } from './setup-test.js';

/** Last page: a test that a person may run, or not. */
export class TestPage implements WizardPage {
  readonly id = 'test';

  constructor(
    private readonly draft: Draft,
    private readonly test: SetupTest,
    /** Why nothing can be tested here. */
    private readonly blocked: Failure | undefined,
  ) {}

  model(): Promise<PageModel> {
    const { encryption } = this.test;
    const address = this.draft.account()?.address ?? 'the practice’s mailbox';
    return Promise.resolve({
      title: 'Test',
      controls: [
        {
          kind: 'text',
          id: 'intro',
          text: `Run the test to see that everything works before you press Finish. It sends one email from ${address} to itself, which EXACT keeps out of its Inbox. You can also press Finish without it.`,
        },
        { kind: 'button', id: 'run', text: 'Run test', enabled: !this.blocked && !this.test.isRunning },
        { kind: 'progress', id: 'steps', text: 'Test steps', steps: this.test.steps },
        ...(this.blocked ? [blockedNotice(this.blocked)] : []),
        ...(encryption ? [encryptionRows(encryption)] : []),
        {
          kind: 'text',
          id: 'onward',
          text: 'Your provider encrypts the way between EXACT and Microsoft. How an email travels onward is decided by the recipient’s provider.',
        },
      ],
      verdict: { kind: 'next' },
    });
  }

  enter(): Promise<void> {
    return Promise.resolve();
  }

  change(control: string): Promise<void> {
    return Promise.reject(unknownControl(control));
  }

  press(control: string): Promise<void> {
    if (control !== 'run') return Promise.reject(unknownControl(control));
    if (!this.blocked) this.test.start();
    return Promise.resolve();
  }

  receive(): Promise<JsonValue> {
    return Promise.resolve(null);
  }
}

function blockedNotice(failure: Failure): Control {
  return { kind: 'notice', id: 'blocked', severity: 'error', text: failure.sentence, failure };
}

function encryptionRows({ receiving, sending }: { receiving?: string; sending?: string }): Control {
  return {
    kind: 'keyValues',
    id: 'encryption',
    text: 'Encryption',
    rows: [
      { name: 'Encryption for receiving', value: receiving ?? 'not known yet' },
      { name: 'Encryption for sending', value: sending ?? 'not known yet' },
    ],
  };
}
