import { timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { SECRET_HEADER } from '../api/page-events.js';

/** Whether a request may pass, or in one sentence why not. */
export type GuardVerdict =
  { readonly allowed: true } | { readonly allowed: false; readonly status: 403 | 421; readonly because: string };

/**
 * Lets in only the page that this server has given out itself: its own `Host` (a name that a foreign site has pointed at
 * 127.0.0.1 is refused), its own `Origin`, and under `/api/` the secret of this start, which only that page holds.
 */
export function guardRequest(request: FastifyRequest, own: { authority: string; secret: string }): GuardVerdict {
  const { host, origin } = request.headers;
  if (host !== own.authority) {
    return { allowed: false, status: 421, because: `The test host is at http://${own.authority}/ and nowhere else.` };
  }
  if (origin !== undefined && origin !== `http://${own.authority}`) {
    return { allowed: false, status: 403, because: 'Only the test host’s own page may ask this.' };
  }
  if (isForeign(request.headers['sec-fetch-site']) && request.headers['sec-fetch-mode'] !== 'navigate') {
    return { allowed: false, status: 403, because: 'Only the test host’s own page may ask this.' };
  }
  if (request.url.startsWith('/api/') && !isSecret(request.headers[SECRET_HEADER], own.secret)) {
    return {
      allowed: false,
      status: 403,
      because: 'The page belongs to an earlier start of the test host. Reload it.',
    };
  }
  return { allowed: true };
}

function isForeign(site: string | string[] | undefined): boolean {
  return site === 'cross-site' || site === 'same-site';
}

function isSecret(given: string | string[] | undefined, secret: string): boolean {
  if (typeof given !== 'string') return false;
  const [a, b] = [Buffer.from(given), Buffer.from(secret)];
  return a.length === b.length && timingSafeEqual(a, b);
}
