import { contract } from '../contract.js';

/** Whether the database is the live one of the practice. The host decides. */
export type Genuineness = { readonly genuine: true } | { readonly genuine: false; readonly reason: string };

/** The practice database that the host has open. */
export interface DatabaseInformation {
  /** Random, stable for the life of the database, never shown and never sent. */
  readonly id: string;
  /** As staff know it. */
  readonly name: string;
  readonly genuineness: Genuineness;
}

/** What the host is. */
export interface HostInformation {
  /** E.g. `V13.706.1`. */
  version(): Promise<string>;
  /** Asked anew before anything is sent, received, tested, signed in or refreshed: it may change while the host runs. */
  database(): Promise<DatabaseInformation>;
  /** Jobs run on the server only. */
  role(): Promise<'server' | 'workstation'>;
}

/** Use this to know where you run. */
export const HostInformation = contract<HostInformation>('HostInformation');
