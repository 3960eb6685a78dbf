import type { Address, Event, Failure, Subscription } from '@exact/host-contracts';
import { DEFAULT_SCHEDULE, type AccountSettings, type ScheduleSettings, type Settings } from '../settings/settings.js';
import type { OpenedWays } from '../probe/mailbox-probe.js';
import type { ApprovalNeed, ApprovalWatch, SignInSession, SignInWay } from '../sign-in/sign-in.js';
import { showPracticeAddress } from './practice-address.js';

/** The user's answer on the first page. `other`: what an older EXACT set up stays as it is. */
export type ProviderChoice = 'microsoft365' | 'off' | 'other';

/** Who signed in for which address, and what it opened. */
export interface TriedSignIn extends OpenedWays {
  readonly address: string;
  readonly username: string;
}

/** What is known of the sign-in for the address that stands in the draft. */
export type DraftSignIn =
  /** `because`: why not, for the page, each with its own remedy. `tried`: what a sign-in came to that was not enough. */
  | {
      readonly kind: 'none';
      readonly because?: readonly Failure[];
      readonly useAnotherAccount?: boolean;
      readonly tried?: TriedSignIn;
      /** What holds again as soon as its address stands there again. */
      readonly resting?: KnownSignIn;
    }
  /** Somebody is to sign in at Microsoft; `way` as soon as it is known. */
  | {
      readonly kind: 'open';
      readonly way?: SignInWay;
      /** An administrator has to approve first, as far as is known already. */
      readonly approval?: ApprovalNeed;
      /** It has been open for long enough that another press of Authenticate is no double click. */
      readonly mayBeginAnew?: boolean;
    }
  /** An administrator has to approve first, and the page in the browser waits for it. */
  | {
      readonly kind: 'approval';
      readonly need: ApprovalNeed;
      readonly watch: Exclude<ApprovalWatch, 'at-microsoft'>;
      /** Time of day, once Microsoft has said that it is not approved yet. */
      readonly lastLook: string | undefined;
      readonly page: string;
    }
  | { readonly kind: 'checking'; readonly username: string }
  | KnownSignIn;

/** A sign-in that opens the mailbox of its account. */
export type KnownSignIn =
  /** The sign-in that is stored since an earlier Finish; the address is unchanged. */
  | { readonly kind: 'stored'; readonly account: AccountSettings }
  /** Proved in this wizard; its tokens live in memory until Finish. */
  | { readonly kind: 'proved'; readonly account: AccountSettings; readonly session: SignInSession };

/** What the mailbox holds, told before its counter is reset. */
export type MailboxCount =
  | { readonly kind: 'counting' }
  | {
      readonly kind: 'counted';
      readonly messages: number;
      /** By the server's own sizes: about so many. */
      readonly bytes: number;
      readonly known: number;
      /** When the oldest and the newest arrived, epoch ms; `undefined` in an empty mailbox. */
      readonly arrived: { readonly first: number; readonly last: number } | undefined;
    }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** The unsaved answers of an open wizard. It lives in memory only and ends with its wizard. */
export class Draft implements Disposable {
  provider: ProviderChoice | undefined;
  /** As typed. */
  addressText: string;
  signIn: DraftSignIn;
  /** What the last sign-in met on its way that is wrong but harmless. */
  warnings: readonly Failure[] = [];
  resetCounter = false;
  mailboxCount: MailboxCount | undefined;
  schedule: ScheduleSettings;
  private readonly listeners = new Set<() => void>();

  readonly onDidChange: Event<void> = (listener): Subscription => {
    const call = () => {
      listener();
    };
    this.listeners.add(call);
    return { dispose: () => this.listeners.delete(call) };
  };

  constructor(settings: Settings | undefined, hasOther: boolean) {
    this.provider = settings?.provider ?? (hasOther ? 'other' : undefined);
    this.addressText = settings?.account ? showPracticeAddress(addressOf(settings.account)) : '';
    this.signIn = settings?.account ? { kind: 'stored', account: settings.account } : { kind: 'none' };
    this.schedule = settings?.schedule ?? DEFAULT_SCHEDULE;
  }

  /** Changes the draft and tells the wizard. */
  update(change: (draft: this) => void): void {
    change(this);
    for (const listener of [...this.listeners]) listener();
  }

  /** Replaces the sign-in; tokens of the one before are forgotten. */
  setSignIn(next: DraftSignIn): void {
    const before = sessionOf(this.signIn);
    this.update((draft) => {
      draft.signIn = next;
    });
    if (before !== sessionOf(next)) before?.[Symbol.dispose]();
  }

  /** The account that Finish would store; `undefined` while nobody is signed in. */
  account(): AccountSettings | undefined {
    return this.signIn.kind === 'stored' || this.signIn.kind === 'proved' ? this.signIn.account : undefined;
  }

  [Symbol.dispose](): void {
    this.listeners.clear();
    this.setSignIn({ kind: 'none' });
  }
}

/** The sign-in that holds for its address, also while another one stands there. */
export function knownSignIn(signIn: DraftSignIn): KnownSignIn | undefined {
  if (signIn.kind === 'stored' || signIn.kind === 'proved') return signIn;
  return signIn.kind === 'none' ? signIn.resting : undefined;
}

function sessionOf(signIn: DraftSignIn): SignInSession | undefined {
  const known = knownSignIn(signIn);
  return known?.kind === 'proved' ? known.session : undefined;
}

/** The practice's address with the name that patients see. */
export function addressOf(account: AccountSettings): Address {
  const { address, displayName } = account;
  return displayName === undefined ? { address } : { address, name: displayName };
}
