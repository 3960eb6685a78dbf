import type {
  Admission,
  CommandCall,
  CommandOutcome,
  Event,
  Failure,
  FinishOutcome,
  HealthReport,
  HealthState,
  InboxStore,
  JsonValue,
  OutboxStore,
  PageModel,
  Patient,
  Practice,
  Prompt,
  ProviderLimits,
  SupportFact,
} from '@exact/host-contracts';
import type { AuditRecord } from '../stores/audit-table.js';
import type { AccountToTry } from './situations/accounts-to-try.js';
import type { SituationView } from './situations/situation.js';

/** An entry as the menu bar shows it. */
export interface MenuEntry {
  readonly id: string;
  readonly menu: 'Configure';
  readonly label: string;
  /** `false` without the right: shown, but not to be chosen. */
  readonly enabled: boolean;
}

/** What became of a plugin at the host's start. */
export type PluginRecord = { readonly plugin: string; readonly title: string } & (
  | { readonly kind: 'loaded' }
  | { readonly kind: 'refused'; readonly admission: Extract<Admission, { admitted: false }> }
  /** It threw, hung, or lacks a service; the host runs on without it. */
  | { readonly kind: 'failed'; readonly reason: string }
);

/** The wizard frame as a page draws it. */
export interface WizardView {
  readonly title: string;
  readonly pageId: string;
  readonly page: PageModel;
  readonly canGoBack: boolean;
  /** There is a next page and the verdict allows it. */
  readonly canGoNext: boolean;
  /** It is the last page and the verdict allows it. */
  readonly canFinish: boolean;
  readonly isLast: boolean;
  /** Why the last Finish was refused. */
  readonly refused?: Failure;
}

/** An open wizard inside the host's frame. Disposing it is Cancel. */
export interface WizardFrame extends AsyncDisposable {
  view(): Promise<WizardView>;
  change(control: string, value: JsonValue): Promise<void>;
  press(control: string): Promise<void>;
  receive(message: JsonValue): Promise<JsonValue>;
  back(): Promise<void>;
  /** Does nothing when the verdict says stay. */
  next(): Promise<void>;
  /** Disposes the frame when finished. */
  finish(): Promise<FinishOutcome>;
  readonly onDidChange: Event<void>;
}

/** What the status bar and its diagnosis show. */
export interface EmailService {
  readonly state: HealthState;
  readonly reports: readonly HealthReport[];
  /** The address that mail is sent from; `undefined` when off. */
  readonly address: string | undefined;
  /** Why each message of the mailbox that can't be received yet can't; it is tried again. */
  readonly setAside: readonly Failure[];
}

/** What a user may send to support, whole: nothing is in the file that is not in the text. */
export interface SupportFile {
  /** Of the file, e.g. `exact-email-support-2026-11-23-1005.txt`. */
  readonly name: string;
  readonly text: string;
}

/** A piece of the record of changes, with how many entries there are in all. */
export interface ChangeHistory {
  readonly rows: readonly AuditRecord[];
  readonly total: number;
}

/** What the panel "Test host" shows and sets. */
export interface PanelState {
  readonly hostVersion: string;
  readonly databaseName: string;
  readonly genuine: boolean;
  readonly mayConfigure: boolean;
  readonly campaignPlus: boolean;
  readonly patients: readonly (Patient & { readonly address: string })[];
  /** One line each, newest first: what the help service or the log had to say. */
  readonly plugins: readonly PluginRecord[];
  /** Whom to sign in as in the own Microsoft 365; nobody with the real one. */
  readonly accounts: readonly AccountToTry[];
  /** What the own Microsoft 365 can be made to do; none with the real one. */
  readonly situations: readonly SituationView[];
  readonly dataDirectory: string;
}

/** The panel's switches. */
export interface Panel {
  state(): Promise<PanelState>;
  /** Restarts the host with another version: open wizards and runs end, the plugin is admitted anew. */
  restart(hostVersion: string): Promise<void>;
  setMayConfigure(may: boolean): Promise<void>;
  setDatabaseName(name: string): Promise<void>;
  setCampaignPlus(on: boolean): Promise<void>;
  /** Turns a lasting situation on or off, or lets an event happen. Throws a `FailureError` when there is none of that id. */
  setSituation(id: string, on: boolean): Promise<void>;
  /** Queues the sample "Appointment reminder" to a patient; it prints the address of the practice information. */
  sendReminder(patient: string): Promise<{ readonly kind: 'queued' } | { readonly kind: 'off' }>;
  /** The patient writes a new email to the practice's mailbox. */
  writeAsPatient(patient: string): Promise<void>;
  /** The patient answers the last email that they got from the practice; `nothing-to-answer` when there is none. */
  answerAsPatient(patient: string): Promise<{ readonly kind: 'answered' } | { readonly kind: 'nothing-to-answer' }>;
}

/** A change to redraw after. `system-browser`: a page to open in a new tab. `help`: an article to show. */
export type HostChange =
  | { readonly kind: 'menu' | 'prompts' | 'health' | 'inbox' | 'outbox' | 'practice' | 'panel' | 'restarted' }
  | { readonly kind: 'system-browser'; readonly url: string }
  | { readonly kind: 'help'; readonly title: string };

/** The running test host without its web page: what the page, and tests without a browser, use. */
export interface Host extends AsyncDisposable {
  menu(): Promise<readonly MenuEntry[]>;
  /** Throws a `FailureError` when there is no such wizard, or the user has not the right. */
  openWizard(menuEntry: string): Promise<WizardFrame>;
  /** Checks the right, then runs it. */
  runCommand(call: CommandCall): Promise<CommandOutcome>;
  /** The prompts that the present user is asked, or sees. */
  prompts(): Promise<readonly Prompt[]>;
  /** Presses a button of a prompt, by its text. */
  answer(prompt: string, choice: string): Promise<CommandOutcome>;
  emailService(): Promise<EmailService>;
  /** What the plugins add to the diagnosis of the service. */
  supportFacts(): Promise<readonly SupportFact[]>;
  /** What the user may send to support: shown before it is saved. */
  supportFile(): Promise<SupportFile>;
  /** What the provider takes in one email. */
  mailLimits(): Promise<ProviderLimits>;
  practice(): Promise<Practice>;
  updatePracticeAddress(address: string): Promise<void>;
  /** Who changed what when, newest first. `limit` 1 … 500. */
  changeHistory(query: { readonly offset: number; readonly limit: number }): Promise<ChangeHistory>;
  readonly inbox: InboxStore;
  readonly outbox: OutboxStore;
  readonly panel: Panel;
  /** The file of a loaded plugin's browser module; `undefined` when there is none of that name. */
  browserModule(plugin: string, name: string): string | undefined;
  readonly onDidChange: Event<HostChange>;
}
