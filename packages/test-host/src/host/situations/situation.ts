/** Where a trainer looks for it in the panel. */
export type SituationGroup = 'Sign-in' | 'Time' | 'Mail' | 'Network';

/** Something that a real practice meets, for the panel to turn on or let happen. */
export type Situation = {
  /** Stable and unique, e.g. `imap-off`. */
  readonly id: string;
  readonly group: SituationGroup;
  /** What is so while it is on, or what happens. */
  readonly label: string;
} & (
  | { readonly kind: 'lasting'; isOn(): boolean; set(on: boolean): Promise<void> | void }
  /** Happens once when it is pressed. */
  | { readonly kind: 'event'; happen(): Promise<void> | void }
);

/** A situation as the panel draws it: a switch, or a button when it has no `on`. */
export interface SituationView {
  readonly id: string;
  readonly group: SituationGroup;
  readonly label: string;
  readonly on?: boolean;
}
