import { contract } from '../contract.js';
import type { JsonValue } from '../json.js';

/** A change that a practice must be able to account for. Never holds a secret. */
export interface AuditEntry {
  /** What changed, stable and dotted, e.g. `email.account`. */
  readonly subject: string;
  /** What changed, for people, e.g. `Practice email address`. */
  readonly title: string;
  /** What was there, in words for people: a text, or names with their values; `null` = nothing. */
  readonly before: JsonValue;
  /** What is there now, likewise. */
  readonly after: JsonValue;
}

/** The host's record of changes; it adds who (the current user at the workstation where it was done) and when. */
export interface AuditLog {
  /** Records a change that no other service records together with it: those of `Configuration` bring their own entries. */
  record(entry: AuditEntry): Promise<void>;
}

/** Use this to record who changed what. */
export const AuditLog = contract<AuditLog>('AuditLog');
