/** A refusal of Microsoft's, RFC 6749 sections 4.1.2.1 and 5.2. */
export interface SignInRefusal {
  readonly error: string;
  /** With the AADSTS number, and `Correlation ID: …` at its end. */
  readonly description: string;
  readonly suberror?: string | undefined;
}

/**
 * The numbers by which alone an approval can be told from another refusal: Microsoft sends them with `access_denied`,
 * `interaction_required`, `invalid_grant` or `unauthorized_client`, which mean much else, too.
 * https://learn.microsoft.com/en-us/entra/identity/enterprise-apps/application-sign-in-unexpected-user-consent-error
 */
const APPROVAL_NUMBERS = new Set([
  '65001', // nobody has consented yet
  '90008', // nor to the directory that the app reads who signs in from
  '90093', // the person may not grant what is asked for
  '90094', // only an administrator may
  '900941', // the same, because the app is unverified or thought risky
  '90095', // a request was sent to the administrators
  '90097', // the administrator's approval did not go through
  '90099', // a partner's administrator has to approve first
  '500011', // the organisation has never heard of the app's permissions …
  '700011', // … or of the app
]);

/** The person, or an administrator, said no: that is an answer, not a want of one. */
const DECLINED = '65004';

/** Whether an administrator's approval would mend it. By class where Microsoft's answer has one of its own: consent_required. */
export function asksForApproval({ error, description, suberror }: SignInRefusal): boolean {
  const number = /\bAADSTS(\d+)/.exec(description)?.[1] ?? '';
  if (number === DECLINED) return false;
  return error === 'consent_required' || suberror === 'consent_required' || APPROVAL_NUMBERS.has(number);
}

/** Microsoft's own name for what was refused, for its and the practice's IT. */
export function correlationIdIn(description: string): string | undefined {
  return /\bCorrelation ID: ([\da-f-]{36})\b/i.exec(description)?.[1];
}

/** What a look for the approval found. */
export type LookResult =
  | { readonly kind: 'code'; readonly code: string }
  /** Not approved yet, or Microsoft is busy: look again later. */
  | { readonly kind: 'not-yet' }
  /** This browser does not know any more who signed in, so that only a person can look. */
  | { readonly kind: 'by-hand' }
  | { readonly kind: 'refused'; readonly words: string };

/** OAuth errors after which the same question may well be answered later. `access_denied`: somebody left Microsoft's page. */
const PASSING = new Set(['access_denied', 'temporarily_unavailable', 'server_error']);
/** OpenID Connect Core section 3.1.2.6: a page would have to be shown. */
const NEEDS_A_PERSON = new Set(['login_required', 'interaction_required', 'account_selection_required']);

/** Reads what Microsoft posted back: a code, or why there is none. */
export function readLook(answer: URLSearchParams): LookResult {
  const code = answer.get('code');
  if (code !== null) return { kind: 'code', code };
  const error = answer.get('error') ?? '';
  const description = answer.get('error_description') ?? '';
  if (asksForApproval({ error, description }) || PASSING.has(error)) return { kind: 'not-yet' };
  if (NEEDS_A_PERSON.has(error)) return { kind: 'by-hand' };
  return { kind: 'refused', words: `${error}: ${description}` };
}
