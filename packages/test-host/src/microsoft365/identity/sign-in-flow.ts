import { accountOfSignInName, CAST_CODE, CAST_PASSWORD, type Cast, type CastAccount } from '../cast.js';
import { entraRefusals, type EntraRefusal } from './entra-refusal.js';
import type { KnownAccount } from './browser-accounts.js';
import { QUIET_PROMPT, type SignInRequest } from './sign-in-request.js';
import type { ConsentBy } from './situations.js';

export type PageName =
  | 'pick-account'
  | 'sign-in'
  | 'password'
  | 'code'
  | 'permissions'
  | 'need-approval'
  | 'ask-for-approval'
  | 'approval-asked-for';

/** Where one sign-in stands. */
export interface SignInProgress {
  readonly page: PageName;
  /** The account chosen or typed; `undefined` before that. */
  readonly account?: CastAccount;
  /** What was typed as the account's name, to be shown again. */
  readonly typedName?: string;
  /** Why the same page shows again. */
  readonly problem?: Problem;
}

/** A sentence for the person; `code` is Microsoft's number for it, where it shows one. */
export interface Problem {
  readonly sentence: string;
  readonly code?: string;
}

/** What surrounds a sign-in. */
export interface SignInContext {
  readonly cast: Cast;
  readonly request: SignInRequest;
  /** What this browser knows. */
  readonly known: readonly KnownAccount[];
  /** Whether the account, or its organisation's administrator, consented to all that is asked for. */
  readonly consented: (account: CastAccount) => boolean;
  readonly consentBy: ConsentBy;
}

/** What comes next. `authenticated`: the browser is to remember the account as signed in. */
export type SignInStep =
  | { readonly kind: 'show'; readonly progress: SignInProgress; readonly authenticated?: CastAccount }
  | { readonly kind: 'accepted'; readonly account: CastAccount }
  | { readonly kind: 'declined' }
  | { readonly kind: 'refused'; readonly refusal: EntraRefusal; readonly authenticated?: CastAccount };

/** The first page, or none where the browser is signed in and nothing has to be asked: that is how a wrong account slips in. */
export function beginSignIn(context: SignInContext): SignInStep {
  const { request, known } = context;
  if (request.prompts.has(QUIET_PROMPT)) return signInQuietly(context);
  if (request.prompts.has('select_account')) return show({ page: 'pick-account' });
  if (request.loginHint !== undefined) return chooseByName(context, { page: 'sign-in' }, request.loginHint, quietly);
  const signedIn = known.filter((each) => each.signedIn);
  const [only] = signedIn;
  if (only === undefined || request.prompts.has('login')) return show({ page: 'sign-in' });
  return signedIn.length === 1 ? authenticated(context, only.account) : show({ page: 'pick-account' });
}

/** `prompt=none`: an answer without any page (OpenID Connect Core section 3.1.2.1). */
function signInQuietly({ request, known, consented }: SignInContext): SignInStep {
  const signedIn = known.filter((each) => each.signedIn);
  const fitting = signedIn.filter(
    ({ account }) => request.loginHint === undefined || account.signInName === request.loginHint.trim().toLowerCase(),
  );
  const [only] = fitting;
  if (only === undefined) return { kind: 'refused', refusal: entraRefusals.nobodySignedIn() };
  if (fitting.length > 1) return { kind: 'refused', refusal: entraRefusals.severalSignedIn() };
  if (consented(only.account)) return { kind: 'accepted', account: only.account };
  return { kind: 'refused', refusal: entraRefusals.notConsented(request.clientId) };
}

type Submit = (context: SignInContext, progress: SignInProgress, form: URLSearchParams) => SignInStep;

/** What each page does with its form. A further page is one more row here and in the page table. */
const submits: Readonly<Record<PageName, Submit>> = {
  'pick-account': (context, progress, form) => {
    if (form.get('action') === 'another') return show({ page: 'sign-in' });
    const picked = context.known.find(({ account }) => account.signInName === form.get('account'));
    return picked === undefined ? show(progress) : choose(context, picked.account);
  },
  'sign-in': (context, progress, form) => chooseByName(context, progress, form.get('email') ?? '', aloud),
  password: (context, progress, form) => {
    const { account } = progress;
    if (account === undefined) return show({ page: 'sign-in' });
    const password = form.get('password') ?? '';
    if (password === '') return again(progress, { sentence: 'Please enter your password.' });
    if (password !== CAST_PASSWORD) {
      return again(progress, { sentence: 'Your account or password is incorrect.', code: 'AADSTS50126' });
    }
    return account.multiFactor ? show({ page: 'code', account }) : authenticated(context, account);
  },
  code: (context, progress, form) => {
    const { account } = progress;
    if (account === undefined) return show({ page: 'sign-in' });
    if ((form.get('code') ?? '').replaceAll(/\s/g, '') === CAST_CODE) return authenticated(context, account);
    return again(progress, { sentence: "You didn't enter the expected verification code. Please try again." });
  },
  permissions: (_context, progress, form) => {
    const accepted = form.get('action') === 'accept' && progress.account !== undefined;
    return accepted ? { kind: 'accepted', account: progress.account } : show(progress);
  },
  'need-approval': ({ request }) => ({ kind: 'refused', refusal: entraRefusals.approvalMissing(request.appName) }),
  'ask-for-approval': (_context, progress, form) => {
    if ((form.get('justification') ?? '').trim() !== '') return show({ ...progress, page: 'approval-asked-for' });
    return again(progress, { sentence: 'Enter a justification.' });
  },
  'approval-asked-for': ({ request }) => ({
    kind: 'refused',
    refusal: entraRefusals.approvalAskedFor(request.appName),
  }),
};

/** A form arrived. One that belongs to another page than the one open (an old tab, nonsense) changes nothing. */
export function submitPage(context: SignInContext, progress: SignInProgress, form: URLSearchParams): SignInStep {
  if (form.get('page') !== progress.page) return show(progress);
  if (form.get('action') === 'cancel') return { kind: 'declined' };
  return submits[progress.page](context, progress, form);
}

function show(progress: SignInProgress): SignInStep {
  return { kind: 'show', progress };
}

function again(progress: SignInProgress, problem: Problem): SignInStep {
  return show({ ...progress, problem });
}

type OnUnknownName = (progress: SignInProgress, typedName: string) => SignInStep;

/** A person typed the name, so say that nobody has it. */
const aloud: OnUnknownName = (progress, typedName) =>
  again(
    { ...progress, typedName },
    {
      sentence:
        typedName.trim() === '' ? 'Enter a valid email address.' : "We couldn't find an account with that username.",
    },
  );

/** The app gave the name, so only fill it in. */
const quietly: OnUnknownName = (progress, typedName) => show({ ...progress, typedName });

function chooseByName(context: SignInContext, progress: SignInProgress, name: string, onUnknown: OnUnknownName) {
  const account = accountOfSignInName(context.cast, name);
  return account === undefined ? onUnknown(progress, name) : choose(context, account);
}

function choose(context: SignInContext, account: CastAccount): SignInStep {
  const signedIn = context.known.some((each) => each.signedIn && each.account === account);
  if (signedIn && !context.request.prompts.has('login')) return authenticated(context, account);
  return show({ page: 'password', account });
}

function authenticated(context: SignInContext, account: CastAccount): SignInStep {
  const page = pageOnceAuthenticated(context, account);
  if (page === undefined) return { kind: 'accepted', account };
  if (page === 'need-approval' && context.consentBy === 'administrator-unshown' && !context.request.approval) {
    return {
      kind: 'refused',
      refusal: entraRefusals.notConsented(context.request.clientId),
      authenticated: account,
    };
  }
  if (page !== 'sign-in') return { kind: 'show', progress: { page, account }, authenticated: account };
  const sentence = `${account.signInName} does not belong to this organization.`;
  return show({ page, problem: { sentence, code: 'AADSTS50020' } });
}

/** What is still to be asked of somebody whose password was right; `undefined` = nothing. */
function pageOnceAuthenticated(context: SignInContext, account: CastAccount): PageName | undefined {
  const { request, consented, consentBy } = context;
  const { approval } = request;
  if (approval) {
    if (approval.tid !== undefined && approval.tid !== account.tid) return 'sign-in';
    return account.administrator ? 'permissions' : 'need-approval';
  }
  const isAllowed = consented(account);
  if (isAllowed && !request.prompts.has('consent')) return undefined;
  if (isAllowed || account.administrator || account.kind === 'personal' || consentBy === 'person') return 'permissions';
  return consentBy === 'administrator-on-request' ? 'ask-for-approval' : 'need-approval';
}
