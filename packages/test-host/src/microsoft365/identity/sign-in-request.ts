/** What an app asked for, as far as the pages need it. */
export interface SignInRequest {
  /** Names the sign-in; part of its pages' address. */
  readonly id: string;
  readonly appName: string;
  readonly prompts: ReadonlySet<string>;
  /** The address that the app expects. */
  readonly loginHint: string | undefined;
  readonly scopes: readonly string[];
}

/** Reads the parameters of an authorization request (RFC 6749 section 4.1.1, OpenID Connect Core section 3.1.2.1). */
export function toSignInRequest(id: string, appName: string, params: Readonly<Record<string, unknown>>): SignInRequest {
  const { prompt, login_hint: loginHint, scope } = params;
  // Every sign-in here may last, so offline_access is always asked for; the library drops it unless consent is prompted.
  const scopes = [...words(scope), 'offline_access'];
  return {
    id,
    appName,
    prompts: new Set(words(prompt)),
    loginHint: typeof loginHint === 'string' ? loginHint : undefined,
    scopes: [...new Set(scopes)],
  };
}

function words(parameter: unknown): readonly string[] {
  return typeof parameter === 'string' ? parameter.split(' ').filter((word) => word !== '') : [];
}
