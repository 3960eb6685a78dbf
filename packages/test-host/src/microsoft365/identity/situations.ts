/**
 * - `revoked`: the user's sign-ins were revoked or the password changed (AADSTS50173);
 * - `inactive`: the refresh token was not used for 90 days (AADSTS700082);
 * - `consent-withdrawn`: the app is no longer allowed (AADSTS65001);
 * - `outage`: the service answers 503 with a page instead of JSON.
 */
export type RefreshFault = 'revoked' | 'inactive' | 'consent-withdrawn' | 'outage';

/**
 * Who may allow an app to read mail (Microsoft: configure-user-consent). Consent from before stays good.
 *
 * - `person`: everybody for themselves;
 * - `administrator`: only an administrator, for all (AADSTS90094);
 * - `administrator-on-request`: the same, and people can send a request from Microsoft's page (AADSTS90095).
 */
export type ConsentBy = 'person' | 'administrator' | 'administrator-on-request';

/** Faults that a developer or a test arranges beforehand. Each happens once, to the next who asks. */
export class IdentitySituations {
  readonly #refreshFaults: RefreshFault[] = [];
  consentBy: ConsentBy = 'person';
  /** Full names of scopes that no token carries, though they were asked for and accepted: consent was partial. */
  withheldScopes: ReadonlySet<string> = new Set();

  /** A policy of the organisation refuses whoever signs in with the code of a device. */
  refusesDeviceCodes = false;

  /** The next use of a refresh token ends so; called twice, the two next ones. The refresh token itself stays good. */
  failNextRefresh(fault: RefreshFault): void {
    this.#refreshFaults.push(fault);
  }

  takeRefreshFault(): RefreshFault | undefined {
    return this.#refreshFaults.shift();
  }
}
