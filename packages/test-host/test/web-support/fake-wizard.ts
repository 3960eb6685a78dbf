import type { Control, FinishOutcome, JsonValue, PageModel } from '@exact/host-contracts';
import type { WizardFrame, WizardView } from '../../src/host/host.js';
import { Emitter } from './emitter.js';
import { sampleFailure } from './sample-mail.js';

/** A wizard frame of two pages with every kind of control, which keeps a record of what was done to it. */
export class FakeWizard implements WizardFrame {
  readonly record: string[] = [];
  isDisposed = false;
  private readonly disposed = Promise.withResolvers<undefined>();
  private readonly changed = new Emitter<undefined>();
  readonly onDidChange = this.changed.event as WizardFrame['onDidChange'];
  private page = 0;
  private refused = false;
  private readonly values = new Map<string, JsonValue>([
    ['address', ''],
    ['every', 15],
    ['reset', false],
    [
      'times',
      [
        { weekday: 1, from: '08:00', to: '18:00' },
        { weekday: 2, from: '08:00', to: '12:00' },
        { weekday: 2, from: '13:00', to: '24:00' },
      ],
    ],
    ['presets', ['08:00', '17:30']],
  ]);
  private helpOpen = false;
  private signInUrl: string | undefined;

  constructor(private readonly openTab: (url: string) => void) {}

  view(): Promise<WizardView> {
    const page = this.page === 0 ? this.first() : this.second();
    const isNext = page.verdict.kind === 'next';
    return Promise.resolve({
      title: 'Email and SMS Setup',
      pageId: `page-${this.page.toString()}`,
      page,
      canGoBack: this.page > 0,
      canGoNext: this.page === 0 && isNext,
      canFinish: this.page === 1 && isNext,
      isLast: this.page === 1,
      ...(this.refused && { refused: sampleFailure }),
    });
  }

  change(control: string, value: JsonValue): Promise<void> {
    this.record.push(`change ${control} ${JSON.stringify(value)}`);
    this.values.set(control, value);
    return this.redraw();
  }

  press(control: string): Promise<void> {
    this.record.push(`press ${control}`);
    if (control === 'help') this.helpOpen = !this.helpOpen;
    if (control === 'cancel-sign-in') this.signInUrl = undefined;
    if (control === 'sign-in') {
      this.signInUrl = 'about:blank#sign-in';
      this.openTab(this.signInUrl);
    }
    return this.redraw();
  }

  receive(message: JsonValue): Promise<JsonValue> {
    return Promise.resolve({ received: message });
  }

  back(): Promise<void> {
    this.page = 0;
    return this.redraw();
  }

  next(): Promise<void> {
    this.page = 1;
    return this.redraw();
  }

  finish(): Promise<FinishOutcome> {
    this.record.push('finish');
    if (this.values.get('reset') !== true) return Promise.resolve({ kind: 'finished' });
    this.refused = true;
    return Promise.resolve({ kind: 'refused', failure: sampleFailure });
  }

  whenDisposed(): Promise<void> {
    return this.disposed.promise;
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.isDisposed = true;
    this.disposed.resolve(undefined);
    return Promise.resolve();
  }

  private redraw(): Promise<void> {
    this.changed.fire(undefined);
    return Promise.resolve();
  }

  private first(): PageModel {
    const address = this.values.get('address') as string;
    const isGood = address.includes('@');
    const controls: Control[] = [
      { kind: 'text', id: 'intro', text: 'Who provides the practice’s email?' },
      {
        kind: 'radio',
        id: 'provider',
        text: 'Email provider',
        value: (this.values.get('provider') as string | undefined) ?? 'microsoft365',
        options: [
          { value: 'microsoft365', text: 'Microsoft Office 365', hint: 'With Microsoft’s own sign-in.' },
          { value: 'off', text: 'Do not send or receive email', hint: 'Everything is remembered.' },
        ],
      },
      {
        kind: 'textField',
        id: 'address',
        text: 'Practice Email Address',
        value: address,
        placeholder: 'reception@practice.example',
        hint: 'The mailbox that the practice sends from.',
        ...(address !== '' && !isGood && { problem: 'That is not an email address.' }),
      },
      {
        kind: 'signIn',
        id: 'sign-in',
        text: 'Authenticate',
        enabled: isGood,
        ...(this.signInUrl !== undefined && { open: { url: this.signInUrl, cancel: 'cancel-sign-in' } }),
      },
      {
        kind: 'status',
        id: 'status',
        text: 'Status',
        value: isGood ? 'Authenticated' : 'Not authenticated',
        severity: isGood ? 'success' : 'error',
      },
      { kind: 'notice', id: 'reason', text: sampleFailure.sentence, severity: 'error', failure: sampleFailure },
      {
        kind: 'help',
        id: 'help',
        text: 'Help with signing in',
        open: this.helpOpen,
        steps: ['Close that page first.', 'Press the Windows key and type “settings”.'],
      },
      { kind: 'checkbox', id: 'reset', text: 'Reset Mailbox Counter', value: this.values.get('reset') as boolean },
    ];
    return {
      title: 'Account Details',
      controls,
      verdict: isGood ? { kind: 'next' } : { kind: 'stay', because: 'Type the practice’s email address.' },
    };
  }

  private second(): PageModel {
    const controls: Control[] = [
      {
        kind: 'weeklyTimes',
        id: 'times',
        text: 'Check the mailbox at these times',
        value: this.values.get('times') as never,
      },
      {
        kind: 'number',
        id: 'every',
        text: 'Check every (minutes)',
        value: this.values.get('every') as number | null,
        minimum: 1,
        maximum: 1440,
      },
      {
        kind: 'timesOfDay',
        id: 'presets',
        text: 'Send and receive at these times of day',
        value: this.values.get('presets') as string[],
      },
      { kind: 'button', id: 'run', text: 'Run test' },
      {
        kind: 'progress',
        id: 'steps',
        text: 'Test steps',
        steps: [
          { text: 'Sign in', state: 'passed', took: 420 },
          { text: 'Open mailbox', state: 'running' },
          { text: 'Send', state: 'failed', took: 2300, failure: sampleFailure },
          { text: 'Receive', state: 'waiting', note: 'Waits for the email that was sent.' },
        ],
      },
      { kind: 'keyValues', id: 'keys', text: 'Encryption', rows: [{ name: 'Receiving', value: 'TLS 1.3' }] },
      { kind: 'link', id: 'link', text: 'Open the approval page', url: 'https://microsoft.example/approve' },
      { kind: 'copy', id: 'copy', text: 'Copy message for IT', value: 'Please approve EXACT Email.\nThank you.' },
      JSON.parse('{"kind":"hologram","id":"new","text":"A control of a later host"}') as Control,
    ];
    return { title: 'Test', controls, verdict: { kind: 'next' } };
  }
}
