/** What a TLS server shows. */
export interface ServerCertificate {
  /** Private key, PEM. */
  readonly key: string;
  /** Its certificate and the authority's, PEM. */
  readonly chain: string;
}

/** The certificates of one start. */
export interface Certificates {
  /** The authority that clients trust, PEM. */
  readonly ca: string;
  readonly server: ServerCertificate;
}
