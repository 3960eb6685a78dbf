import { contract } from '../contract.js';
import type { Right } from '../services/current-user.js';

/** What choosing the entry opens or runs. */
export type MenuTarget =
  { readonly kind: 'wizard'; readonly wizard: string } | { readonly kind: 'command'; readonly command: string };

/** An entry in the host's menu bar. Read once when the host has loaded the plugin. */
export interface MenuContribution {
  /** Stable and unique within the plugin. */
  readonly id: string;
  /** The menu that the entry stands in. */
  readonly menu: 'Configure';
  /** What staff read, e.g. `Email and SMS Setup`. */
  readonly label: string;
  readonly opens: MenuTarget;
  /** Users without this right see the entry disabled. The host holds it when the target is opened, too. */
  readonly right: Right;
}

/** Use this to put an entry into the host's menu bar. */
export const MenuContribution = contract<MenuContribution>('MenuContribution');
