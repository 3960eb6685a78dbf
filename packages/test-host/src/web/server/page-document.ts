import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * What the browser lets the page do. Scripts and styles are files of this server; `style` attributes and styles with the
 * nonce are those of a shown HTML email, whose frame inherits this policy; pictures are inside the email or the page.
 */
export function contentSecurityPolicy(nonce: string): string {
  return [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src 'self' 'nonce-${nonce}'`,
    `style-src-attr 'unsafe-inline'`,
    `img-src 'self' data:`,
    `connect-src 'self'`,
    `frame-src 'self'`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ');
}

/** Headers of every answer. */
export const SECURITY_HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'cache-control': 'no-store',
} as const;

/** The built page's HTML with the secret and the nonce of this load in it. Throws when the page was not built. */
export async function pageDocument(directory: string, secret: string, nonce: string): Promise<string> {
  const html = await readFile(join(directory, 'index.html'), 'utf8');
  const metas = `<meta name="exact-secret" content="${secret}"><meta name="exact-style-nonce" content="${nonce}">`;
  return html.replace('<head>', () => `<head>${metas}`);
}
