import { randomUUID } from 'node:crypto';

/** A refusal in Microsoft's form: the OAuth error decides, the AADSTS number chooses words. */
export interface EntraRefusal {
  /** OAuth error value, RFC 6749 sections 4.1.2.1 and 5.2. */
  readonly error: string;
  /** Begins with `AADSTS<number>: `. */
  readonly description: string;
  readonly suberror?: string;
}

/**
 * The texts of https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes as the service sends them.
 * Dates are ISO 8601.
 */
export const entraRefusals = {
  declined: () => refusal('access_denied', 65004, 'User declined to consent to access the app.'),
  approvalMissing: (appName: string) =>
    refusal(
      'access_denied',
      90094,
      `${appName} needs permission to access resources in your organization that only an admin can grant. Please ask an admin to grant permission to this app before you can use it.`,
    ),
  approvalAskedFor: (appName: string) =>
    refusal('access_denied', 90095, `The request to approve ${appName} was sent to the administrators.`),
  approvalDeclined: () => refusal('consent_required', 65004, 'The administrator declined to consent to the app.'),
  nobodySignedIn: () =>
    refusal(
      'login_required',
      50058,
      "A silent sign-in request was sent but no user is signed in. The cookies used to represent the user's session were not sent in the request.",
    ),
  severalSignedIn: () =>
    refusal(
      'interaction_required',
      16000,
      'Either multiple user identities are available for the current request or selected account is not supported for the scenario.',
    ),
  notConsented: (clientId: string) =>
    refusal(
      'consent_required',
      65001,
      `The user or administrator has not consented to use the application with ID '${clientId}'. Send an interactive authorization request for this user and resource.`,
    ),
  unknownScope: (scopes: readonly string[]) =>
    refusal(
      'invalid_scope',
      70011,
      `The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope ${scopes.join(' ')} is not valid.`,
    ),
  malformedToken: () => refusal('invalid_grant', 9002313, 'Invalid request. Request is malformed or invalid.'),
  inactive: (issuedAt: string) =>
    refusal(
      'invalid_grant',
      700082,
      `The refresh token has expired due to inactivity. The token was issued on ${issuedAt} and was inactive for 90.00:00:00.`,
    ),
  revoked: (issuedAt: string) =>
    refusal(
      'invalid_grant',
      50173,
      `The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password. The grant was issued on '${issuedAt}'.`,
    ),
  consentMissing: (clientId: string) => ({
    ...refusal(
      'invalid_grant',
      65001,
      `The user or administrator has not consented to use the application with ID '${clientId}'. Send an interactive authorization request for this user and resource.`,
    ),
    suberror: 'consent_required',
  }),
  devicePending: () =>
    refusal('authorization_pending', 70016, 'OAuth 2.0 device flow error. Authorization is pending. Continue polling.'),
  deviceExpired: () =>
    refusal(
      'expired_token',
      70020,
      "The provided value for the input parameter 'device_code' is not valid. This device code has expired.",
    ),
  deviceDeclined: () => refusal('authorization_declined', 70018, 'User declined to sign in on the device.'),
  blockedByPolicy: () =>
    refusal(
      'invalid_grant',
      53003,
      'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.',
    ),
  appDisabled: (clientId: string) =>
    refusal('unauthorized_client', 7000112, `Application '${clientId}'(EXACT Email) is disabled.`),
  codeExpired: () =>
    refusal('invalid_grant', 70008, 'The provided authorization code or refresh token has expired due to inactivity.'),
  codeUsed: () => refusal('invalid_grant', 54005, 'OAuth2 Authorization code was already redeemed.'),
  verifierMismatch: () =>
    refusal(
      'invalid_grant',
      501481,
      'The Code_Verifier does not match the code_challenge supplied in the authorization request.',
    ),
  secretPresented: () =>
    refusal(
      'invalid_client',
      700025,
      "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
    ),
  unknownClient: () => refusal('unauthorized_client', 700016, 'Application was not found in the directory.'),
  unknownRedirect: () =>
    refusal(
      'invalid_request',
      50011,
      'The redirect URI specified in the request does not match the redirect URIs configured for the application.',
    ),
} as const;

function refusal(error: string, number: number, text: string): EntraRefusal {
  return { error, description: `AADSTS${number.toString()}: ${text}` };
}

/** The JSON of a refusal at the token endpoint. `now` in epoch milliseconds. */
export function refusalReply(refused: EntraRefusal, now: number): Readonly<Record<string, unknown>> {
  const traced = trace(now);
  const number = /^AADSTS(\d+)/.exec(refused.description)?.[1];
  return {
    error: refused.error,
    error_description: `${refused.description} ${traced.text}`,
    error_codes: number === undefined ? [] : [Number(number)],
    timestamp: traced.timestamp,
    trace_id: traced.traceId,
    correlation_id: traced.correlationId,
    ...(refused.suberror === undefined ? {} : { suberror: refused.suberror }),
  };
}

/** The description with what Microsoft appends to each, for answers that go through the browser. */
export function tracedDescription(refused: EntraRefusal, now: number): string {
  return `${refused.description} ${trace(now).text}`;
}

function trace(now: number) {
  const timestamp = `${new Date(now).toISOString().slice(0, 19).replace('T', ' ')}Z`;
  const traceId = randomUUID();
  const correlationId = randomUUID();
  const text = `Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`;
  return { timestamp, traceId, correlationId, text };
}
