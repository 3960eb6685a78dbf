import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Cast, CastAccount } from '../cast.js';
import { entraRefusals, type EntraRefusal } from './entra-refusal.js';
import type { IdentityState } from './identity-state.js';
import { sendPage } from './page-layout.js';
import { drawProblem, signInPath } from './sign-in-pages.js';
import type { SignInRequest } from './sign-in-request.js';
import type { FindErrand } from './sign-in-site.js';

/** https://learn.microsoft.com/en-us/entra/identity-platform/v2-admin-consent */
const PATH = /^\/([\w.-]+)\/v2\.0\/adminconsent$/;
/** Approvals that were begun and neither ended nor abandoned for long enough to be the oldest of so many. */
const OPEN_APPROVALS = 100;

export interface ApprovalErrandsParts {
  readonly cast: Cast;
  readonly state: IdentityState;
  readonly clientId: string;
  readonly appName: string;
}

interface OpenApproval {
  readonly request: SignInRequest;
  readonly redirectUri: URL;
  readonly appState: string | null;
}

/** The address on which an administrator approves an app for the whole organisation. */
export class ApprovalErrands {
  /** By id, the oldest first. */
  readonly #open = new Map<string, OpenApproval>();

  constructor(private readonly parts: ApprovalErrandsParts) {}

  static isFor(path: string): boolean {
    return PATH.test(path);
  }

  /** Leads to the pages of a new approval, or says why there is none. */
  begin(address: URL, response: ServerResponse): void {
    const { searchParams: asked, pathname } = address;
    const tenant = PATH.exec(pathname)?.[1] ?? '';
    const tid = this.#directoryOf(tenant);
    const redirectUri = asked.get('redirect_uri') ?? '';
    const refuse = (sentence: string) => {
      sendPage(response, drawProblem(sentence));
    };
    if (tid === null) {
      refuse(`AADSTS90002: Tenant '${tenant}' not found.`);
      return;
    }
    if (asked.get('client_id') !== this.parts.clientId) {
      refuse(entraRefusals.unknownClient().description);
      return;
    }
    if (!isLoopback(redirectUri)) {
      refuse(entraRefusals.unknownRedirect().description);
      return;
    }
    const id = randomUUID();
    this.#open.set(id, {
      request: this.#requestOf(id, asked.get('scope') ?? '', tid),
      redirectUri: new URL(redirectUri),
      appState: asked.get('state'),
    });
    const [oldest] = this.#open.keys();
    if (oldest !== undefined && this.#open.size > OPEN_APPROVALS) this.#open.delete(oldest);
    response.writeHead(303, { location: signInPath(id) }).end();
  }

  readonly find: FindErrand = (_request, response, id) => {
    const open = this.#open.get(id);
    if (open === undefined) return Promise.resolve(undefined);
    const goBack = (answer: Readonly<Record<string, string>>) => {
      this.#open.delete(id);
      const target = new URL(open.redirectUri);
      const fields = { admin_consent: 'True', ...answer, ...(open.appState !== null && { state: open.appState }) };
      for (const [name, value] of Object.entries(fields)) target.searchParams.set(name, value);
      response.writeHead(302, { location: target.href, 'cache-control': 'no-store' }).end();
    };
    return Promise.resolve({
      request: open.request,
      declined: entraRefusals.approvalDeclined(),
      accept: async ({ tid }: CastAccount) => {
        const { scopes } = open.request;
        this.parts.state.approve(tid, scopes);
        await this.parts.state.save();
        goBack({ tenant: tid, scope: scopes.join(' ') });
      },
      refuse: ({ error, description }: EntraRefusal) => {
        goBack({ error, error_description: description });
        return Promise.resolve();
      },
    });
  };

  #requestOf(id: string, scope: string, tid: string | undefined): SignInRequest {
    const { appName, clientId } = this.parts;
    const scopes = scope.split(' ').filter((word) => word !== '');
    // The administrator is seldom who uses this browser, so that the picker always shows.
    return {
      id,
      appName,
      clientId,
      scopes,
      prompts: new Set(['select_account']),
      loginHint: undefined,
      approval: { tid },
    };
  }

  /** A directory by its id or one of its domains; `undefined` = that of whoever signs in, `null` = there is none. */
  #directoryOf(tenant: string): string | undefined | null {
    if (tenant === 'organizations') return undefined;
    const wanted = tenant.toLowerCase();
    const belongs = ({ tid, address, signInName }: CastAccount) =>
      tid === wanted || address.endsWith(`@${wanted}`) || signInName.endsWith(`@${wanted}`);
    return this.parts.cast.accounts.find(belongs)?.tid ?? null;
  }
}

/** The one redirect URI of the app is `http://localhost`, with any port. */
function isLoopback(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, pathname } = new URL(address);
  return protocol === 'http:' && hostname === 'localhost' && pathname === '/';
}
