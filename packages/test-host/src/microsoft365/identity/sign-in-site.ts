import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Cast } from '../cast.js';
import type { Microsoft365Clock } from '../clock.js';
import type { BrowserAccounts } from './browser-accounts.js';
import { entraRefusals, type EntraRefusal, tracedDescription } from './entra-refusal.js';
import type { IdentityState } from './identity-state.js';
import type { AuthorizationServer } from './oidc-provider.adapter.js';
import { type Page, sendPage } from './page-layout.js';
import { unknownScopes } from './scopes.js';
import { beginSignIn, type SignInContext, type SignInProgress, type SignInStep, submitPage } from './sign-in-flow.js';
import { drawProblem, drawSignInPage, signInPath } from './sign-in-pages.js';
import type { SignInRequest } from './sign-in-request.js';

/** Bytes of a form; ours are small. */
const FORM_LIMIT = 16 * 1024;
/** Sign-ins that were begun and neither ended nor abandoned for long enough to be the oldest of so many. */
const OPEN_SIGN_INS = 100;

export interface SignInSiteParts {
  readonly cast: Cast;
  readonly clock: Microsoft365Clock;
  readonly state: IdentityState;
  readonly browsers: BrowserAccounts;
  readonly authorization: AuthorizationServer;
}

/** Serves the pages of open sign-ins: shows where each stands, takes its forms, and goes back to the app at its end. */
export class SignInSite {
  /** By the sign-in's id, the oldest first. */
  readonly #open = new Map<string, SignInProgress>();

  constructor(private readonly parts: SignInSiteParts) {}

  async answer(request: IncomingMessage, response: ServerResponse, id: string): Promise<void> {
    const asked = await this.parts.authorization.signInRequest(request, response, id);
    if (asked === undefined) {
      sendPage(response, drawProblem('This sign-in is no longer open.'));
      return;
    }
    const unknown = unknownScopes(asked.scopes);
    if (unknown.length > 0) {
      await this.#refuse(request, response, entraRefusals.unknownScope(unknown));
      return;
    }
    const context = this.#contextOf(asked, request);
    const progress = this.#open.get(id);
    if (request.method === 'POST') {
      const form = await readForm(request);
      const step = progress === undefined ? beginSignIn(context) : submitPage(context, progress, form);
      await this.#take(step, context, request, response);
      return;
    }
    const step: SignInStep = progress === undefined ? beginSignIn(context) : { kind: 'show', progress };
    if (step.kind !== 'show') await this.#take(step, context, request, response);
    else sendPage(response, this.#keep(step.progress, context));
  }

  /** What a form leads to. A page is shown by a redirect, so that reloading it sends no form again. */
  async #take(step: SignInStep, context: SignInContext, request: IncomingMessage, response: ServerResponse) {
    const { id } = context.request;
    if (step.kind === 'show') {
      this.#keep(step.progress, context);
      if (step.authenticated !== undefined) {
        response.setHeader('set-cookie', this.parts.browsers.remember(request.headers.cookie, step.authenticated));
      }
      response.writeHead(303, { location: signInPath(id) }).end();
      return;
    }
    this.#open.delete(id);
    if (step.kind === 'declined') {
      await this.#refuse(request, response, entraRefusals.declined());
      return;
    }
    response.setHeader('set-cookie', this.parts.browsers.remember(request.headers.cookie, step.account));
    await this.parts.authorization.accept(request, response, step.account);
  }

  #keep(progress: SignInProgress, context: SignInContext): Page {
    this.#open.set(context.request.id, progress);
    const [oldest] = this.#open.keys();
    if (oldest !== undefined && this.#open.size > OPEN_SIGN_INS) this.#open.delete(oldest);
    return drawSignInPage(context, progress);
  }

  #refuse(request: IncomingMessage, response: ServerResponse, refusal: EntraRefusal): Promise<void> {
    const description = tracedDescription(refusal, this.parts.clock.now());
    return this.parts.authorization.refuse(request, response, { ...refusal, description });
  }

  #contextOf(asked: SignInRequest, request: IncomingMessage): SignInContext {
    const { cast, state, browsers } = this.parts;
    return {
      cast,
      request: asked,
      known: browsers.read(request.headers.cookie),
      consented: (account) => {
        const consented = state.consents[account.oid]?.scopes ?? [];
        return asked.scopes.every((scope) => consented.includes(scope));
      },
    };
  }
}

/** A form's fields; none when it is larger than any of ours. */
async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= FORM_LIMIT) chunks.push(chunk);
  }
  return new URLSearchParams(bytes > FORM_LIMIT ? '' : Buffer.concat(chunks).toString('utf8'));
}
