import { contract } from '../contract.js';

/** What a user may do. `configure-email`: set up email, re-authenticate, answer the questions of the set-up. */
export type Right = 'configure-email';

/** A person who uses the host. */
export interface User {
  /** Stable within the practice database. */
  readonly id: string;
  /** As staff know it, e.g. `Front desk`. */
  readonly name: string;
  readonly rights: readonly Right[];
}

/** Who sits before this workstation. */
export interface CurrentUser {
  get(): Promise<User>;
}

/** Use this to know who presses and what they may do. */
export const CurrentUser = contract<CurrentUser>('CurrentUser');
