import type { Failure } from '../failure.js';

/**
 * What a mail system says about an email that was sent: a delivery status notification (RFC 3464, RFC 6533) or one of the
 * older forms that only people were to read. Anybody can write one: it counts only for an email that was really sent
 * under one of its Message-IDs to one of its addresses.
 */
export interface DeliveryReport {
  /** Message-IDs, with brackets, under which the email may have been sent; the likeliest first, 50 at most. */
  readonly messageIds: readonly string[];
  /** 100 at most. */
  readonly recipients: readonly RecipientReport[];
}

/** What it says of one recipient. */
export type RecipientReport = {
  /** The recipient's address as it was written, and where it was led to when that is another one. */
  readonly addresses: readonly string[];
} & (
  | {
      readonly result: 'failed';
      readonly failure: Failure;
      /** The address itself does not work, so that the next email to it would come back as well. */
      readonly isAddressAtFault: boolean;
    }
  /** Not yet: it is still tried. */
  | { readonly result: 'delayed'; readonly failure: Failure }
  /** It arrived, or was handed on to a system that reports nothing more. */
  | { readonly result: 'delivered' }
);
