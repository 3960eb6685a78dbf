/** What an app asked for, as far as the pages need it. */
export interface SignInRequest {
  /** Names the sign-in; part of its pages' address. */
  readonly id: string;
  readonly appName: string;
  readonly clientId: string;
  readonly prompts: ReadonlySet<string>;
  /** The address that the app expects. */
  readonly loginHint: string | undefined;
  readonly scopes: readonly string[];
  /** An administrator is to approve the app for an organisation, rather than somebody to sign in to the app. */
  readonly approval?: {
    /** Directory id of the organisation; `undefined` = that of whoever signs in. */
    readonly tid: string | undefined;
  };
}

/** How `prompt=none` travels past the authorization server, which would answer it itself: only the pages know who is signed in. */
export const QUIET_PROMPT = 'quiet';

/** Reads the parameters of an authorization request (RFC 6749 section 4.1.1, OpenID Connect Core section 3.1.2.1). */
export function toSignInRequest(id: string, appName: string, params: Readonly<Record<string, unknown>>): SignInRequest {
  const { client_id: clientId, prompt, login_hint: loginHint, scope } = params;
  // Every sign-in here may last, so offline_access is always asked for; the library drops it unless consent is prompted.
  const scopes = [...words(scope), 'offline_access'];
  return {
    id,
    appName,
    clientId: typeof clientId === 'string' ? clientId : '',
    prompts: new Set(words(prompt)),
    loginHint: typeof loginHint === 'string' ? loginHint : undefined,
    scopes: [...new Set(scopes)],
  };
}

function words(parameter: unknown): readonly string[] {
  return typeof parameter === 'string' ? parameter.split(' ').filter((word) => word !== '') : [];
}
