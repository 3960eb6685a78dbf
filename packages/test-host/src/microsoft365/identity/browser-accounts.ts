import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Cast, CastAccount } from '../cast.js';
import type { IdentityState } from './identity-state.js';

const COOKIE = 'signed_in_accounts';
/** Seconds: Microsoft's persistent browser session. */
const REMEMBERED_SECONDS = 90 * 24 * 60 * 60;

const remembered = z.array(z.object({ oid: z.string(), revocations: z.number() }));

/** An account that this browser knows. */
export interface KnownAccount {
  readonly account: CastAccount;
  /** Needs no password, unless the app asks for one. */
  readonly signedIn: boolean;
}

/** Which accounts a browser knows: a cookie, signed so that a page can't claim an account. */
export class BrowserAccounts {
  constructor(
    private readonly cast: Cast,
    private readonly state: IdentityState,
  ) {}

  /** Last signed in first, then those that Windows signed in. `cookies` is the request's Cookie header. */
  read(cookies: string | undefined): readonly KnownAccount[] {
    const signedIn = this.#remembered(cookies).flatMap(({ oid, revocations }) => {
      const account = this.cast.accounts.find((each) => each.oid === oid);
      if (account === undefined) return [];
      return [{ account, signedIn: revocations === this.state.signInRevocationsOf(oid) || account.signedInToWindows }];
    });
    const windows = this.cast.accounts
      .filter((each) => each.signedInToWindows && !signedIn.some(({ account }) => account === each))
      .map((account) => ({ account, signedIn: true }));
    return [...signedIn, ...windows];
  }

  /** The Set-Cookie header after `account` signed in. */
  remember(cookies: string | undefined, account: CastAccount): string {
    const others = this.#remembered(cookies).filter(({ oid }) => oid !== account.oid);
    const now = { oid: account.oid, revocations: this.state.signInRevocationsOf(account.oid) };
    const value = Buffer.from(JSON.stringify([now, ...others])).toString('base64url');
    return setCookie(`${value}.${this.#signature(value)}`, REMEMBERED_SECONDS);
  }

  /** The Set-Cookie header of a sign-out. */
  forget(): string {
    return setCookie('', 0);
  }

  #remembered(cookies: string | undefined) {
    const pairs = (cookies ?? '').split(';').map((pair) => pair.trim());
    const cookie = pairs.find((pair) => pair.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1);
    const [value, signature] = (cookie ?? '').split('.');
    if (value === undefined || signature === undefined) return [];
    const expected = Buffer.from(this.#signature(value));
    const given = Buffer.from(signature);
    if (expected.length !== given.length || !timingSafeEqual(expected, given)) return [];
    return remembered.parse(JSON.parse(Buffer.from(value, 'base64url').toString('utf8')));
  }

  #signature(value: string): string {
    return createHmac('sha256', this.state.cookieSecret).update(value).digest('base64url');
  }
}

function setCookie(value: string, seconds: number): string {
  return `${COOKIE}=${value}; Path=/; Max-Age=${seconds.toString()}; HttpOnly; SameSite=Lax`;
}
