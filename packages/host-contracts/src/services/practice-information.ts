import { contract } from '../contract.js';
import type { Event } from '../event.js';

/** What the host writes to patients from. */
export interface Practice {
  readonly name: string;
  /** The address that letters and reminders print. */
  readonly emailAddress: string;
  /** Whether the practice uses Campaign+, which needs the address registered. */
  readonly campaignPlus: boolean;
}

/** Configure > Practice Information. */
export interface PracticeInformation {
  read(): Promise<Practice>;
  /**
   * Stores the address, and who changed it when from what: everything written to patients from then on carries it. Does
   * nothing when it is the same.
   */
  updateEmailAddress(address: string): Promise<void>;
  /** Within five seconds on the server and on every workstation. */
  readonly onDidChange: Event<Practice>;
}

/** Use this to read or update what the host prints about the practice. */
export const PracticeInformation = contract<PracticeInformation>('PracticeInformation');
