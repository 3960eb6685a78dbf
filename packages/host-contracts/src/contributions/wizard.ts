import { contract } from '../contract.js';
import type { Event } from '../event.js';
import type { JsonValue } from '../json.js';
import type { Failure } from '../failure.js';
import type { Right } from '../services/current-user.js';
import type { PageModel } from './page-model.js';

/** One page of an open wizard. Each call is answered from the draft; nothing is stored. */
export interface WizardPage {
  /** Stable and unique within the wizard. */
  readonly id: string;
  /** The page as it stands now. Cheap; called after each change. */
  model(): Promise<PageModel>;
  /** Called when the page comes to the front, at first and by Back or Next. */
  enter(): Promise<void>;
  /**
   * The user changed a control: the value that the control's kind gives (`string`, `boolean`, `number | null`, spans,
   * times). A value of another shape is refused with a `TypeError`, the draft unchanged.
   */
  change(control: string, value: JsonValue): Promise<void>;
  /** The user pressed a button, a help button, a sign-in or its Cancel. Returns at once; what it started shows in the model. */
  press(control: string): Promise<void>;
  /**
   * A message of the plugin's browser module in a web view, over the host's generic page channel. Only that module and
   * this page know what it means. Always answers.
   */
  receive(message: JsonValue): Promise<JsonValue>;
}

/** How Finish ended. */
export type FinishOutcome =
  | { readonly kind: 'finished' }
  /** Nothing was saved. `failure` says why and what to do. */
  | { readonly kind: 'refused'; readonly failure: Failure };

/**
 * An open wizard with its draft. The host owns the frame (Back, Next, Finish, Cancel), the plugin its pages and what
 * Finish does. Cancel, closing the window or a stopping host dispose it; nothing of it was stored then.
 */
export interface Wizard extends AsyncDisposable {
  /** The pages that the present draft asks for, in order; at least one. The host offers Finish on the last one. */
  pages(): readonly WizardPage[];
  /** Something that `pages` or a `model` answers has changed. */
  readonly onDidChange: Event<void>;
  /**
   * The user pressed Finish on the last page whose verdict is `next`: one commit, all or nothing. Afterwards the host
   * disposes the wizard when finished, or goes on showing the page when refused.
   */
  finish(): Promise<FinishOutcome>;
}

/** A set-up dialogue. */
export interface WizardContribution {
  /** Stable and unique within the plugin. */
  readonly id: string;
  /** The name of the dialogue, e.g. `Email and SMS Setup`. */
  readonly title: string;
  readonly right: Right;
  /** Opens a wizard with a fresh draft. The host has checked the user's right. */
  open(): Promise<Wizard>;
}

/** Use this to give the host a set-up dialogue. */
export const WizardContribution = contract<WizardContribution>('WizardContribution');

/**
 * How a page in a web view talks to its `WizardPage.receive` in the host. Built by the host; the messages belong to the
 * plugin. Rejects when the host can't be reached.
 */
export type PageChannel = (message: JsonValue) => Promise<JsonValue>;

/** What the plugin's browser module `sign-in` exports as `createSignIn`. */
export type CreateBrowserSignIn = (channel: PageChannel) => BrowserSignIn;

/** Signing in from a web view. One per page of the browser; the module loads only when it is pressed for the first time. */
export interface BrowserSignIn {
  /** Starts a sign-in; resolves when it has ended, well or not: the outcome shows in the page model. */
  signIn(): Promise<void>;
}
