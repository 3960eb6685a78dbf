import type {
  Address,
  Control,
  Failure,
  HelpTopics,
  JsonValue,
  PageModel,
  SignInControl,
  Verdict,
  WizardPage,
} from '@exact/host-contracts';
import { z } from 'zod';
import { likelyAddress } from '../preflight/plausible-address.js';
import { isPersonalAddress } from '../sign-in/personal-accounts.js';
import type { NestedAppBridge } from '../sign-in/nested-app-bridge.js';
import { APPROVAL_HELP_BUTTON, APPROVAL_LOOK_BUTTON } from './approval-report.js';
import { accountReport, accountStatus, connectionWarnings, PERSONAL_ACCOUNTS_BUTTON } from './account-report.js';
import type { AccountSignIn } from './account-sign-in.js';
import { controlValue, unknownControl } from './control-value.js';
import type { Draft, DraftSignIn } from './draft.js';
import type { MailboxCounter } from './mailbox-counter.js';
import { readPracticeAddress, showPracticeAddress } from './practice-address.js';
import { PERSONAL_ACCOUNTS_ARTICLE, personalAddress } from './setup-failures.js';
import { CODE_BUTTON, HELP_BUTTON, SHOW_CODE_BUTTON, SignInHelp } from './sign-in-help.js';
import { PAGE_HINT } from './sign-in-way-report.js';

const CANCEL_BUTTON = 'cancel-sign-in';
const LIKELY_ADDRESS_BUTTON = 'likely-address';

/** While it is so, the address stays as it is: it says for what the sign-in is. */
const UNDER_WAY: ReadonlySet<DraftSignIn['kind']> = new Set(['open', 'approval', 'checking']);

/** Second page: the practice's address and the sign-in for it. */
export class AccountPage implements WizardPage {
  readonly id = 'account';
  private readonly help = new SignInHelp();

  constructor(
    private readonly draft: Draft,
    private readonly signIn: AccountSignIn,
    private readonly bridge: Pick<NestedAppBridge, 'receive'>,
    private readonly counter: MailboxCounter,
    private readonly helpTopics: HelpTopics,
    /** Why nobody can sign in here at all. */
    private readonly blocked: Failure | undefined,
  ) {}

  model(): Promise<PageModel> {
    return Promise.resolve({
      title: 'Account Details',
      controls: [
        this.addressField(),
        ...this.likelyAddressButton(),
        this.signInButton(),
        accountStatus(this.draft.signIn),
        ...accountReport(this.draft.signIn, this.blocked ?? this.typedFailure()),
        ...connectionWarnings(this.draft.warnings),
        ...this.help.controls(this.mayUseCode()),
        ...this.resetCounter(),
      ],
      verdict: this.verdict(),
    });
  }

  change(control: string, value: JsonValue): Promise<void> {
    switch (control) {
      case 'address':
        this.takeAddress(controlValue(z.string(), value));
        break;
      case 'reset-counter':
        this.counter.choose(controlValue(z.boolean(), value));
        break;
      default:
        throw unknownControl(control);
    }
    return Promise.resolve();
  }

  async press(control: string): Promise<void> {
    switch (control) {
      case 'sign-in':
        if (this.canSignIn()) this.signIn.start();
        break;
      case APPROVAL_HELP_BUTTON:
        await this.signIn.askForApproval();
        break;
      case APPROVAL_LOOK_BUTTON:
        await this.signIn.lookForApproval();
        break;
      case LIKELY_ADDRESS_BUTTON:
        this.takeLikelyAddress();
        break;
      case CANCEL_BUTTON:
        this.signIn.cancel();
        break;
      case HELP_BUTTON:
        this.draft.update(() => {
          this.help.toggleSteps();
        });
        break;
      case CODE_BUTTON:
        this.draft.update(() => {
          this.help.toggleWarning();
        });
        break;
      case SHOW_CODE_BUTTON:
        if (this.mayUseCode() && this.help.takeWarning()) this.signIn.startByCode();
        break;
      case PERSONAL_ACCOUNTS_BUTTON:
        await this.helpTopics.open(PERSONAL_ACCOUNTS_ARTICLE);
        break;
      default:
        throw unknownControl(control);
    }
  }

  enter(): Promise<void> {
    return Promise.resolve();
  }

  receive(message: JsonValue): Promise<JsonValue> {
    return this.bridge.receive(message);
  }

  private takeAddress(text: string): void {
    if (text === this.draft.addressText) return;
    this.draft.update((draft) => {
      draft.addressText = text;
    });
    this.signIn.addressChanged();
  }

  private takeLikelyAddress(): void {
    const likely = this.likelyAddress();
    if (likely && this.canType()) this.takeAddress(showPracticeAddress(likely));
  }

  /** Whether Authenticate may be pressed: a practice's address stands there, and a press is no double click. */
  canSignIn(): boolean {
    const { signIn } = this.draft;
    const isUnderWay = signIn.kind === 'checking' || (signIn.kind === 'open' && signIn.mayBeginAnew !== true);
    return !this.blocked && !isUnderWay && this.typedProblem() === undefined;
  }

  /** Also while Microsoft's page is open: that it does not open is why somebody wants a code. */
  private mayUseCode(): boolean {
    const { signIn } = this.draft;
    const isPageOpen = signIn.kind === 'open' && signIn.way?.kind === 'page';
    return this.canSignIn() || (isPageOpen && !this.blocked);
  }

  private canType(): boolean {
    return !UNDER_WAY.has(this.draft.signIn.kind);
  }

  /** Why the typed address can't be signed in for; `''` while there is none. */
  private typedProblem(): string | Failure | undefined {
    const typed = readPracticeAddress(this.draft.addressText);
    if (typed.kind === 'empty') return '';
    if (typed.kind === 'invalid') return typed.problem;
    return isPersonalAddress(typed.address.address) ? personalAddress(typed.address.address) : undefined;
  }

  private typedFailure(): Failure | undefined {
    const problem = this.typedProblem();
    return typeof problem === 'string' ? undefined : problem;
  }

  private addressField(): Control {
    const problem = this.typedProblem();
    const likely = this.likelyAddress();
    return {
      kind: 'textField',
      id: 'address',
      text: 'Practice Email Address',
      value: this.draft.addressText,
      placeholder: '"Bright Smile Dental" <reception@practice.example>',
      hint: 'The mailbox that the practice sends from and receives in. Put a name before it in quotes if patients should see one.',
      enabled: this.canType(),
      ...(typeof problem === 'string' && problem !== '' && { problem }),
      ...(likely && { problem: `Did you mean ${likely.address}?` }),
    };
  }

  /** The address that is probably meant, where the typed one looks mistyped. */
  private likelyAddress(): Address | undefined {
    const typed = readPracticeAddress(this.draft.addressText);
    const address = typed.kind === 'address' ? likelyAddress(typed.address.address) : undefined;
    return typed.kind === 'address' && address !== undefined ? { ...typed.address, address } : undefined;
  }

  private likelyAddressButton(): readonly Control[] {
    const likely = this.likelyAddress();
    if (!likely) return [];
    return [{ kind: 'button', id: LIKELY_ADDRESS_BUTTON, text: `Use ${likely.address}`, enabled: this.canType() }];
  }

  private signInButton(): SignInControl {
    const { signIn } = this.draft;
    const isMismatch = signIn.kind === 'none' && signIn.useAnotherAccount === true;
    const page = signIn.kind === 'open' && signIn.way?.kind === 'page' ? signIn.way : undefined;
    return {
      kind: 'signIn',
      id: 'sign-in',
      text: isMismatch ? 'Use another account' : 'Authenticate',
      enabled: this.canSignIn(),
      ...(page?.opened && signIn.kind === 'open' && !signIn.approval && { hint: PAGE_HINT }),
      ...(UNDER_WAY.has(signIn.kind) && { open: { ...(page && { url: page.url }), cancel: CANCEL_BUTTON } }),
    };
  }

  private resetCounter(): readonly Control[] {
    return [
      {
        kind: 'checkbox',
        id: 'reset-counter',
        text: 'Reset Mailbox Counter',
        value: this.draft.resetCounter,
        hint: 'Downloads all messages of the mailbox again after Finish. No message appears twice, and what was deleted in EXACT stays deleted.',
      },
      ...this.counter.notices(),
    ];
  }

  private verdict(): Verdict {
    return this.draft.account() ? { kind: 'next' } : { kind: 'stay', because: this.whyStay() };
  }

  private whyStay(): string {
    if (this.blocked) return 'Nobody can sign in on this database.';
    const { signIn } = this.draft;
    if (signIn.kind === 'approval' || (signIn.kind === 'open' && signIn.approval))
      return 'It goes on once your IT support has approved EXACT Email.';
    switch (readPracticeAddress(this.draft.addressText).kind) {
      case 'empty':
        return 'Type the practice’s email address, then press Authenticate.';
      case 'invalid':
        return 'Put the email address right, then press Authenticate.';
      case 'address':
        return this.typedFailure()
          ? 'Type the address of the practice’s Microsoft 365 mailbox to go on.'
          : 'Sign in for this mailbox to go on.';
    }
  }
}
