import type { FailureLayer } from '../../../src/failures/failures.js';
import { DELIVERY_LINES } from './delivery-lines.js';
import { ENTRA_LINES } from './entra-lines.js';
import { IMAP_LINES } from './imap-lines.js';
import { NETWORK_LINES } from './network-lines.js';
import { OAUTH_LINES } from './oauth-lines.js';
import { SMTP_LINES } from './smtp-lines.js';

/** A row of the catalogue, and what the plugin hears when it is meant. */
export type ServerLine = readonly [layer: FailureLayer, code: string, line: string];

/** What comes back from the sign-in page, not from the token endpoint. */
const PAGE_ERRORS = new Set(['access_denied', 'login_required', 'consent_required', 'interaction_required']);

/** For each row of the catalogue a line such as the server really sends, in the form in which the plugin gets it. */
export const SERVER_LINES: readonly ServerLine[] = [
  ...rows('entra', ENTRA_LINES).map(throughMsal),
  ...rows('oauth', OAUTH_LINES).map(throughMsal),
  ...rows('imap', IMAP_LINES),
  ...rows('smtp', SMTP_LINES),
  ...rows('delivery', DELIVERY_LINES),
  ...rows('network', NETWORK_LINES),
];

function rows(layer: FailureLayer, text: string): readonly ServerLine[] {
  return text
    .trim()
    .split('\n')
    .map((row) => {
      const at = row.indexOf(' | ');
      return [layer, row.slice(0, at), row.slice(at + 3)];
    });
}

/** As MSAL tells it: `ResponseHandler.validateTokenResponse` of msal-common, or the bare description from the sign-in page. */
function throughMsal([layer, code, row]: ServerLine): ServerLine {
  const [error = '', words = ''] = row.split(' | ');
  const number = /^AADSTS(\d+)$/.exec(code)?.[1];
  const description = number === undefined ? words : `${code}: ${words}`;
  const ids = 'Trace ID: 0a1b2c3d-0000 Correlation ID: 4e5f6071-0000 Timestamp: 2026-11-23 10:00:00Z';
  if (PAGE_ERRORS.has(error)) return [layer, code, `${error}: ${description} ${ids}`];
  return [
    layer,
    code,
    `${error}: Error(s): ${number ?? 'Not Available'} - Timestamp: 2026-11-23 10:00:00Z - Description: ${description} ${ids} - Correlation ID: 4e5f6071-0000 - Trace ID: 0a1b2c3d-0000`,
  ];
}
