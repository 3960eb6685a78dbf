import type { Failure } from '../failure.js';

/** How much a notice or status matters. */
export type Severity = 'info' | 'success' | 'warning' | 'error';

/** Weekdays as ISO 8601 counts them: 1 = Monday … 7 = Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** A span of a weekday in practice time, `HH:MM` with `from` < `to`; `24:00` is the end of the day. */
export interface DaySpan {
  readonly weekday: Weekday;
  readonly from: string;
  readonly to: string;
}

/** What every control has. */
export interface ControlBase {
  /** Stable and unique within the page. */
  readonly id: string;
  /** The accessible name where the control has one; and what a host shows that does not know the kind. */
  readonly text: string;
  /** Default `true`. */
  readonly enabled?: boolean;
  /** One sentence under the control. */
  readonly hint?: string;
  /** What is wrong with the present value, in one sentence. */
  readonly problem?: string;
}

/** A paragraph. */
export interface TextControl extends ControlBase {
  readonly kind: 'text';
}

/** A sentence that stands out; with `failure` the host draws the "who fixes this" card. */
export interface NoticeControl extends ControlBase {
  readonly kind: 'notice';
  readonly severity: Severity;
  readonly failure?: Failure;
}

/** One of several; `text` names the group. */
export interface RadioControl extends ControlBase {
  readonly kind: 'radio';
  readonly options: readonly { readonly value: string; readonly text: string; readonly hint?: string }[];
  /** The value of the chosen option. */
  readonly value?: string;
}

/** One line of text. */
export interface TextFieldControl extends ControlBase {
  readonly kind: 'textField';
  readonly value: string;
  readonly placeholder?: string;
}

export interface CheckboxControl extends ControlBase {
  readonly kind: 'checkbox';
  readonly value: boolean;
}

/** A plain number input. What is not a number is sent as `null`. */
export interface NumberControl extends ControlBase {
  readonly kind: 'number';
  readonly value: number | null;
  readonly minimum: number;
  readonly maximum: number;
}

/** Times of the week in which something happens. */
export interface WeeklyTimesControl extends ControlBase {
  readonly kind: 'weeklyTimes';
  readonly value: readonly DaySpan[];
}

/** Times of day, `HH:MM`, in order. */
export interface TimesOfDayControl extends ControlBase {
  readonly kind: 'timesOfDay';
  readonly value: readonly string[];
}

export interface ButtonControl extends ControlBase {
  readonly kind: 'button';
}

/** A link to a web page, opened in a new window or tab of the system's browser. `text` names it. */
export interface LinkControl extends ControlBase {
  readonly kind: 'link';
  readonly url: string;
}

/**
 * Text to hand on to somebody, shown read-only. `text` names the button that puts `value` on the clipboard; the host says
 * when it has done so.
 */
export interface CopyControl extends ControlBase {
  readonly kind: 'copy';
  /** Plain text with `\n` between lines. */
  readonly value: string;
  /** `code`: a short one that people read off and type elsewhere, shown large. Default `text`. */
  readonly look?: 'text' | 'code';
}

/** A button that opens and closes a region of the same name with numbered steps. */
export interface HelpControl extends ControlBase {
  readonly kind: 'help';
  readonly open: boolean;
  readonly steps: readonly string[];
}

/**
 * Signing in to Microsoft. `text` names its button. A native host presses it; a host that draws in a web view calls the
 * plugin's browser module `sign-in` instead (see `BrowserSignIn`). While `open` is set the host shows a button
 * **Cancel sign-in**, which presses `cancel`; and with a `url` a link **Open the sign-in page** to it, in a new window, and a
 * button **Copy link**, which puts it on the clipboard.
 */
export interface SignInControl extends ControlBase {
  readonly kind: 'signIn';
  readonly open?: {
    /** `undefined` when there is no page, or it is not yet known. */
    readonly url?: string;
    /** The id of what is pressed. */
    readonly cancel: string;
  };
}

/** A live region. `text` is its name, `value` what it says. */
export interface StatusControl extends ControlBase {
  readonly kind: 'status';
  readonly value: string;
  /** `success` shows a green tick, `error` a red cross. */
  readonly severity: Severity;
}

export type StepState = 'waiting' | 'running' | 'passed' | 'failed';

/** Steps that follow each other; `text` names the list. */
export interface ProgressControl extends ControlBase {
  readonly kind: 'progress';
  readonly steps: readonly {
    readonly text: string;
    readonly state: StepState;
    /** Milliseconds that the step took. */
    readonly took?: number;
    /** One sentence. */
    readonly note?: string;
    readonly failure?: Failure;
  }[];
}

/** Names with values, for reading. */
export interface KeyValuesControl extends ControlBase {
  readonly kind: 'keyValues';
  readonly rows: readonly { readonly name: string; readonly value: string }[];
}

/** A control that a host draws. A host that meets a kind that it doesn't know shows `text`. */
export type Control =
  | TextControl
  | NoticeControl
  | RadioControl
  | TextFieldControl
  | CheckboxControl
  | NumberControl
  | WeeklyTimesControl
  | TimesOfDayControl
  | ButtonControl
  | LinkControl
  | CopyControl
  | HelpControl
  | SignInControl
  | StatusControl
  | ProgressControl
  | KeyValuesControl;

/** Whether the page may be left forwards, or finished. */
export type Verdict =
  | { readonly kind: 'next' }
  /** `because` is one sentence for the user: what is missing. */
  | { readonly kind: 'stay'; readonly because: string };

/** A page as plain, JSON-serialisable data: a native host, a web host and a test draw the same page. */
export interface PageModel {
  readonly title: string;
  readonly controls: readonly Control[];
  readonly verdict: Verdict;
}
