/**
 * - `revoked`: the user's sign-ins were revoked or the password changed (AADSTS50173);
 * - `inactive`: the refresh token was not used for 90 days (AADSTS700082);
 * - `policy`: a policy of the organisation wants more than was given (AADSTS53003);
 * - `consent-withdrawn`: the app is no longer allowed (AADSTS65001);
 * - `app-disabled`: an administrator switched the app off, which no sign-in mends (AADSTS7000112);
 * - `outage`: the service answers 503 with a page instead of JSON;
 * - `bad-gateway`: something before the service answers 502 and nothing else;
 * - `busy`: the service answers 429 and asks to come back in a minute.
 */
export type RefreshFault =
  'revoked' | 'inactive' | 'policy' | 'consent-withdrawn' | 'app-disabled' | 'outage' | 'bad-gateway' | 'busy';

/**
 * Who may allow an app to read mail (Microsoft: configure-user-consent). Consent from before stays good.
 *
 * - `person`: everybody for themselves;
 * - `administrator`: only an administrator, for all (AADSTS90094);
 * - `administrator-on-request`: the same, and people can send a request from Microsoft's page (AADSTS90095);
 * - `administrator-unshown`: the same, and the app is told without a page of Microsoft's (AADSTS65001).
 */
export type ConsentBy = 'person' | 'administrator' | 'administrator-on-request' | 'administrator-unshown';

/** Faults that a developer or a test arranges beforehand. Each happens once, to the next who asks. */
export class IdentitySituations {
  readonly #refreshFaults: RefreshFault[] = [];
  #ended: { readonly fault: RefreshFault; readonly refreshTokens: ReadonlySet<string> } | undefined;
  /** Each use of a refresh token ends so, as long as it is set. */
  refreshFault: RefreshFault | undefined;
  consentBy: ConsentBy = 'person';
  /** Full names of scopes that no token carries, though they were asked for and accepted: consent was partial. */
  withheldScopes: ReadonlySet<string> = new Set();

  /** A policy of the organisation refuses whoever signs in with the code of a device. */
  refusesDeviceCodes = false;

  /** The next use of a refresh token ends so; called twice, the two next ones. The refresh token itself stays good. */
  failNextRefresh(fault: RefreshFault): void {
    this.#refreshFaults.push(fault);
  }

  /** These refresh tokens end so from now on; who signs in again is well. */
  endSignIns(fault: RefreshFault, refreshTokens: ReadonlySet<string>): void {
    this.#ended = { fault, refreshTokens };
  }

  /** What becomes of the use of a refresh token. */
  takeRefreshFault(refreshToken: string): RefreshFault | undefined {
    const once = this.#refreshFaults.shift();
    const ended = this.#ended?.refreshTokens.has(refreshToken) ? this.#ended.fault : undefined;
    return once ?? ended ?? this.refreshFault;
  }
}
