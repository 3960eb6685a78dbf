import type { Clock } from '@exact/host-contracts';

/** The first look comes soon, milliseconds … */
const FIRST_MS = 15_000;
/**
 * … and later ones each minute. Microsoft takes a request every 15 seconds for a loop and refuses it (AADSTS50196):
 * https://github.com/AzureAD/microsoft-authentication-library-for-js/issues/547
 */
const LONGEST_MS = 60_000;

/** When to look for the approval: after 15 seconds, 30 seconds, and then each minute. */
export class LookTimes {
  private interval = FIRST_MS;
  private due = 0;

  constructor(private readonly clock: Clock) {}

  begin(): void {
    this.interval = FIRST_MS;
    this.due = this.clock.now() + this.interval;
  }

  looked(): void {
    this.interval = Math.min(this.interval * 2, LONGEST_MS);
    this.due = this.clock.now() + this.interval;
  }

  /** Milliseconds, 0 when it is time. */
  untilNext(): number {
    return Math.max(0, this.due - this.clock.now());
  }
}
