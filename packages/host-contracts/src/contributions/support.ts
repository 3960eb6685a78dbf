import { contract } from '../contract.js';
import type { JsonObject } from '../json.js';

/** A name with its value, for reading, e.g. `Provider`, `Microsoft Office 365`. */
export interface SupportFact {
  readonly name: string;
  readonly value: string;
}

/** A part of what support is sent. */
export interface SupportSection {
  /** Unique within the plugin, e.g. `Connections`. */
  readonly title: string;
  /** Never a token, a password, a subject, a name, or the address of anybody; of the practice's own address the domain at most. */
  readonly data: JsonObject;
}

/** What a plugin knows for the diagnosis of its service, and for the support file that a user may send to support. */
export interface SupportContribution {
  /** Stable and unique within the host, e.g. `email`. */
  readonly id: string;
  /** What the host's diagnosis shows beside the service's health. Asked each time that it opens; quick, without the network. */
  facts(): Promise<readonly SupportFact[]>;
  /**
   * Called when a person asks for the support file. The host runs every text of it through {@link redact}, shows the whole
   * file, and saves it when the person says so. `signal` is aborted when it takes longer than 30 seconds by the host's
   * clock: the host then writes that this part is missing. What it throws is a defect, which the host writes in its place.
   */
  sections(signal: AbortSignal): Promise<readonly SupportSection[]>;
}

/** Use this to help support without showing them the practice's mail. */
export const SupportContribution = contract<SupportContribution>('SupportContribution');
