import { contract } from '../contract.js';
import type { Fence } from '../contributions/job.js';
import type { Event } from '../event.js';
import type { JsonObject } from '../json.js';
import type { AccountKey, MailAccount } from '../mail/account.js';
import type { AuditEntry } from './audit-log.js';
import type { FencedOutcome } from './inbox-store.js';
import type { Prompt } from './prompts.js';

/** Email as an older host set it up: another provider, POP3 or IMAP with a password. The plugin only shows it. */
export interface OtherEmail {
  /** One line for staff, e.g. `POP3, mail.practice.example`. */
  readonly description: string;
}

/** What is stored, practice-wide. */
export interface StoredConfiguration {
  /** Rises by one with each commit; 0 = nothing was ever stored. */
  readonly revision: number;
  /** The plugin's settings in its stored form; `undefined` before the first commit. */
  readonly settings: JsonObject | undefined;
  /** Present while the older set-up is in force. */
  readonly other: OtherEmail | undefined;
  /** Who made the last commit, and when (epoch ms). */
  readonly changed: { readonly by: string; readonly at: number } | undefined;
}

/** All that Finish changes. */
export interface ConfigurationCommit {
  /** The revision that the wizard opened with. */
  readonly expectedRevision: number;
  /** Replaces the settings. */
  readonly settings: JsonObject;
  /** The account that mail is sent with from then on; `undefined` = email is off. */
  readonly account: MailAccount | undefined;
  /** Secrets by name; `null` takes one away, one that is not named stays. */
  readonly secrets: Readonly<Record<string, string | null>>;
  /** Forgets the cursors of this account, so that its mailbox is downloaded again. */
  readonly resetCounter?: AccountKey;
  /** Ends the older set-up. */
  readonly retireOther: boolean;
  /** The question still to be asked; stored with the rest, so that a crash does not lose it. */
  readonly prompt?: Prompt;
  readonly audit: readonly AuditEntry[];
}

/** What became of a commit. */
export type CommitOutcome =
  | { readonly kind: 'committed'; readonly revision: number }
  /** Nothing changed: somebody committed since. */
  | { readonly kind: 'refused'; readonly reason: 'stale-revision'; readonly current: StoredConfiguration };

/**
 * The practice's email configuration. Secrets are practice-wide (what a workstation wrote, the server's job can read),
 * encrypted at rest by the host, and never in a log, an export or a page. Only a run on the server, which has a fence,
 * writes one by itself; elsewhere they change with what a person does.
 */
export interface Configuration {
  read(): Promise<StoredConfiguration>;
  /**
   * All or nothing, durable when it resolves. It also raises the fence: a write of a job's run that began before it is
   * refused; the host ends such runs and starts them anew.
   */
  commit(commit: ConfigurationCommit): Promise<CommitOutcome>;
  /** `undefined` when there is none. Throws a `FailureError` with code `secret.unreadable` when it can't be decrypted. */
  readSecret(name: string): Promise<string | undefined>;
  /** Replaces a secret under a lease (a rotated refresh token), durable when it resolves. 1 MiB at most. */
  writeSecret(name: string, value: string, fence: Fence): Promise<FencedOutcome>;
  /**
   * Replaces a secret on a person's behalf (signing in again), only at the expected revision, which stays, together with
   * its entries in the record of changes. Raises the fence as `commit` does.
   */
  replaceSecret(
    name: string,
    value: string,
    expectedRevision: number,
    audit: readonly AuditEntry[],
  ): Promise<CommitOutcome>;
  /** After each commit and each `replaceSecret`, within five seconds on the server and on every workstation. */
  readonly onDidChange: Event<StoredConfiguration>;
}

/** Use this to read and change the practice's email configuration. */
export const Configuration = contract<Configuration>('Configuration');
