/** The key of an account: which mail account of which provider. Opaque to the host, equal for the same account for ever. */
export type AccountKey = string;

/** The one configured mail account of the practice, as far as a host shows or needs it. */
export interface MailAccount {
  readonly key: AccountKey;
  /** The practice's address and the name that patients see. */
  readonly address: Address;
}

/** An RFC 5322 addr-spec with or without a display name. */
export interface Address {
  /** addr-spec as it was written, e.g. `reception@practice.example`. */
  readonly address: string;
  readonly name?: string;
}
