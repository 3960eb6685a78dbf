import PostalMime, { type Email } from 'postal-mime';

/** What another program reads in a message. */
export function readMessage(raw: Uint8Array): Promise<Email> {
  return PostalMime.parse(raw);
}
