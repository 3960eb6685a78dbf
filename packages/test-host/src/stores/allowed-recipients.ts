import { type Failure, FailureError } from '@exact/host-contracts';
import { normal } from './patient-table.js';

/** Holds mail to the addresses that the command line allows: with the real Microsoft 365, nobody else is written to. */
export class AllowedRecipients {
  readonly #allowed: ReadonlySet<string> | undefined;

  /** @param addresses `undefined` = everybody, for a stand-in that delivers nowhere else */
  constructor(addresses: readonly string[] | undefined) {
    this.#allowed = addresses && new Set(addresses.map(normal));
  }

  /** Why one of these may not be written to; `undefined` when all may. */
  refusal(addresses: readonly string[]): Failure | undefined {
    const allowed = this.#allowed;
    if (!allowed || addresses.every((address) => allowed.has(normal(address)))) return undefined;
    return {
      code: 'recipient.not-allowed',
      sentence: 'The test host writes only to the addresses that it was started with.',
      fixedBy: 'user',
      advice: 'Start it with --allow-recipient and the address, then send again.',
      retry: { kind: 'never' },
    };
  }

  /** @throws FailureError `recipient.not-allowed` */
  check(addresses: readonly string[]): void {
    const failure = this.refusal(addresses);
    if (failure) throw new FailureError(failure);
  }
}
