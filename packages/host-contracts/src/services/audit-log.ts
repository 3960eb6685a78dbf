import { contract } from '../contract.js';
import type { JsonValue } from '../json.js';

/** A change that a practice must be able to account for. Never holds a secret. */
export interface AuditEntry {
  /** What changed, stable and dotted, e.g. `email.account`. */
  readonly subject: string;
  readonly before: JsonValue;
  readonly after: JsonValue;
}

/** The host's record of changes; it adds who (the current user) and when. */
export interface AuditLog {
  /** Records a change that is not part of a commit of `Configuration`, which brings its own entries. */
  record(entry: AuditEntry): Promise<void>;
}

/** Use this to record who changed what. */
export const AuditLog = contract<AuditLog>('AuditLog');
