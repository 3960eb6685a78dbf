import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Cast, CastAccount } from '../cast.js';
import type { Microsoft365Clock } from '../clock.js';
import type { BrowserAccounts } from './browser-accounts.js';
import { entraRefusals, type EntraRefusal, tracedDescription } from './entra-refusal.js';
import { readForm } from './form.js';
import type { IdentityState } from './identity-state.js';
import { type Page, sendPage } from './page-layout.js';
import { unknownScopes } from './scopes.js';
import { beginSignIn, type SignInContext, type SignInProgress, type SignInStep, submitPage } from './sign-in-flow.js';
import { drawProblem, drawSignInPage, signInPath } from './sign-in-pages.js';
import type { SignInRequest } from './sign-in-request.js';
import type { IdentitySituations } from './situations.js';

/** Sign-ins that were begun and neither ended nor abandoned for long enough to be the oldest of so many. */
const OPEN_SIGN_INS = 100;

/** What somebody goes through the pages for: an app's sign-in, or the approval of an app. */
export interface SignInErrand {
  readonly request: SignInRequest;
  /** Ends it well: what is asked for is granted, and the browser goes back to the app. */
  accept(account: CastAccount): Promise<void>;
  /** Goes back to the app with the refusal. */
  refuse(refusal: EntraRefusal): Promise<void>;
  readonly declined: EntraRefusal;
}

/** The errand of that id in this browser; `undefined` when there is none (any more). */
export type FindErrand = (
  request: IncomingMessage,
  response: ServerResponse,
  id: string,
) => Promise<SignInErrand | undefined>;

export interface SignInSiteParts {
  readonly cast: Cast;
  readonly clock: Microsoft365Clock;
  readonly state: IdentityState;
  readonly browsers: BrowserAccounts;
  readonly situations: IdentitySituations;
  /** Asked one after the other. */
  readonly errands: readonly FindErrand[];
}

/** Serves the pages of open sign-ins: shows where each stands, takes its forms, and goes back to the app at its end. */
export class SignInSite {
  /** By the sign-in's id, the oldest first. */
  readonly #open = new Map<string, SignInProgress>();

  constructor(private readonly parts: SignInSiteParts) {}

  async answer(request: IncomingMessage, response: ServerResponse, id: string): Promise<void> {
    const errand = await this.#find(request, response, id);
    if (errand === undefined) {
      sendPage(response, drawProblem('This sign-in is no longer open.'));
      return;
    }
    const unknown = unknownScopes(errand.request.scopes);
    if (unknown.length > 0) {
      await this.#refuse(errand, entraRefusals.unknownScope(unknown));
      return;
    }
    const context = this.#contextOf(errand.request, request);
    const progress = this.#open.get(id);
    if (request.method === 'POST') {
      const form = await readForm(request);
      const step = progress === undefined ? beginSignIn(context) : submitPage(context, progress, form);
      await this.#take(step, errand, context, request, response);
      return;
    }
    const step: SignInStep = progress === undefined ? beginSignIn(context) : { kind: 'show', progress };
    if (step.kind !== 'show') await this.#take(step, errand, context, request, response);
    else sendPage(response, this.#keep(step.progress, context));
  }

  async #find(...asked: Parameters<FindErrand>): Promise<SignInErrand | undefined> {
    for (const find of this.parts.errands) {
      const errand = await find(...asked);
      if (errand !== undefined) return errand;
    }
    return undefined;
  }

  /** What a form leads to. A page is shown by a redirect, so that reloading it sends no form again. */
  async #take(
    step: SignInStep,
    errand: SignInErrand,
    context: SignInContext,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const { id } = context.request;
    const signedIn = 'authenticated' in step ? step.authenticated : undefined;
    if (signedIn) response.setHeader('set-cookie', this.parts.browsers.remember(request.headers.cookie, signedIn));
    if (step.kind === 'show') {
      this.#keep(step.progress, context);
      response.writeHead(303, { location: signInPath(id) }).end();
      return;
    }
    this.#open.delete(id);
    if (step.kind !== 'accepted') {
      await this.#refuse(errand, step.kind === 'declined' ? errand.declined : step.refusal);
      return;
    }
    response.setHeader('set-cookie', this.parts.browsers.remember(request.headers.cookie, step.account));
    await errand.accept(step.account);
  }

  #keep(progress: SignInProgress, context: SignInContext): Page {
    this.#open.set(context.request.id, progress);
    const [oldest] = this.#open.keys();
    if (oldest !== undefined && this.#open.size > OPEN_SIGN_INS) this.#open.delete(oldest);
    return drawSignInPage(context, progress);
  }

  #refuse(errand: SignInErrand, refusal: EntraRefusal): Promise<void> {
    return errand.refuse({ ...refusal, description: tracedDescription(refusal, this.parts.clock.now()) });
  }

  #contextOf(asked: SignInRequest, request: IncomingMessage): SignInContext {
    const { cast, state, browsers, situations } = this.parts;
    return {
      cast,
      request: asked,
      known: browsers.read(request.headers.cookie),
      consented: (account) => state.allows(account, asked.scopes),
      consentBy: situations.consentBy,
    };
  }
}
