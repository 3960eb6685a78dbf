import type { FixedBy, Retry } from '@exact/host-contracts';

/** One error that practices really meet. */
export interface CatalogueRow {
  /** Stable. */
  readonly code: string;
  /** Regular expression over the server's words, flags `im`. */
  readonly pattern: string;
  /** What happened, for practice staff. */
  readonly sentence: string;
  readonly fixedBy: FixedBy;
  readonly retry: Retry['kind'];
  /** What to do or press. */
  readonly advice: string;
  /** Where it is documented or was reported. */
  readonly source: string;
}

/** Where an error comes from; a row is looked for within one layer only. `delivery`: a report after the email had left. */
export type FailureLayer = 'entra' | 'oauth' | 'imap' | 'smtp' | 'delivery' | 'network';

/** What to do about a fault of EXACT itself: a button of that name stands in the diagnosis of the email service. */
export const SEND_SUPPORT_FILE = 'Send EXACT support the support file: Email service > Support file.';
