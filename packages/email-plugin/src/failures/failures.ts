import { FailureError, redact, type Failure, type Retry } from '@exact/host-contracts';
import type { CatalogueRow, FailureLayer } from './catalogue/catalogue-row.js';
import { deliveryFailures } from './catalogue/delivery-failures.js';
import { entraFailures } from './catalogue/entra-failures.js';
import { imapFailures } from './catalogue/imap-failures.js';
import { networkFailures } from './catalogue/network-failures.js';
import { oauthFailures } from './catalogue/oauth-failures.js';
import { smtpFailures } from './catalogue/smtp-failures.js';

export type { FailureLayer };

/** The rows by layer. Within one the first that matches wins. */
export const CATALOGUE: Readonly<Record<FailureLayer, readonly CatalogueRow[]>> = {
  entra: entraFailures,
  oauth: oauthFailures,
  imap: imapFailures,
  smtp: smtpFailures,
  delivery: deliveryFailures,
  network: networkFailures,
};

/** Where the words of a layer are looked for, one after the other: a sign-in without a number of Microsoft's has its OAuth `error`. */
const SEARCHED: Readonly<Record<FailureLayer, readonly FailureLayer[]>> = {
  entra: ['entra', 'oauth'],
  oauth: ['oauth'],
  imap: ['imap'],
  smtp: ['smtp'],
  delivery: ['delivery'],
  network: ['network'],
};

const DETAILS_LENGTH = 500;

/** No server makes us wait for longer. */
const LONGEST_WAIT_MS = 24 * 60 * 60_000;

const GIVE_DETAILS = 'If it stays like this, show the details below to your IT support.';

const SIGN_IN_UNKNOWN: UnknownFailure = {
  sentence: 'Microsoft did not let you sign in.',
  fixedBy: 'user',
  advice: `Sign in again. ${GIVE_DETAILS}`,
  retry: { kind: 'never' },
};

type UnknownFailure = Pick<Failure, 'sentence' | 'advice' | 'retry' | 'fixedBy'>;

/** What is said when the catalogue has no row for the words. */
const UNKNOWN: Readonly<Record<FailureLayer, UnknownFailure>> = {
  entra: SIGN_IN_UNKNOWN,
  oauth: SIGN_IN_UNKNOWN,
  imap: {
    sentence: 'Microsoft did not open the mailbox.',
    fixedBy: 'admin',
    advice: `It may pass by itself. ${GIVE_DETAILS}`,
    retry: { kind: 'backoff' },
  },
  smtp: {
    sentence: 'Microsoft did not take the email.',
    fixedBy: 'admin',
    advice: GIVE_DETAILS,
    retry: { kind: 'never' },
  },
  delivery: {
    sentence: 'The email did not arrive, and the other side does not say clearly why.',
    fixedBy: 'user',
    advice: `Check the address with the recipient, or reach them in another way. ${GIVE_DETAILS}`,
    retry: { kind: 'never' },
  },
  network: {
    sentence: 'The connection to Microsoft did not work.',
    fixedBy: 'nobody',
    advice: 'It may pass by itself. If it stays like this, check the internet connection.',
    retry: { kind: 'backoff' },
  },
};

/**
 * Turns a server's words into a failure. The words choose the sentence; whoever calls decides behaviour by class (OAuth
 * `error`, reply class). Its words stand under Details, without tokens and addresses. With `now` (epoch ms) the failure says
 * when the server wants us back, if its words do.
 */
export function failureFor(layer: FailureLayer, words: string, options: { readonly now?: number } = {}): Failure {
  const row = SEARCHED[layer]
    .flatMap((searched) => CATALOGUE[searched])
    .find(({ pattern }) => compiled(pattern).test(words));
  const stated = statedRetry(words, options.now);
  const details = plainText(redact(words)).slice(0, DETAILS_LENGTH).trim();
  if (!row)
    return withDetails({ code: `${layer}.unknown`, ...UNKNOWN[layer], ...(stated && { retry: stated }) }, details);
  const { code, sentence, fixedBy, advice } = row;
  return withDetails({ code, sentence, fixedBy, advice, retry: stated ?? { kind: row.retry } }, details);
}

/**
 * When the words say to come back: Exchange's `Suggested Backoff Time: N milliseconds`, or `Retry-After: N` in seconds (RFC
 * 9110 section 10.2.3).
 */
function statedRetry(words: string, now: number | undefined): Retry | undefined {
  const [, milliseconds] = /Suggested Backoff Time:?\s*(\d+)/i.exec(words) ?? [];
  const [, seconds] = /\bRetry-After:\s*(\d+)/i.exec(words) ?? [];
  if (now === undefined || (milliseconds === undefined && seconds === undefined)) return undefined;
  const wait = milliseconds === undefined ? Number(seconds) * 1000 : Number(milliseconds);
  return { kind: 'backoff', at: now + Math.min(wait, LONGEST_WAIT_MS) };
}

/** A failure for whatever was thrown; `layer` when it says nothing of its own. */
export function asFailure(error: unknown, layer: FailureLayer): Failure {
  if (error instanceof FailureError) return error.failure;
  const words = wordsOf(error);
  const isNetwork = CATALOGUE.network.some(({ pattern }) => compiled(pattern).test(words));
  return failureFor(isNetwork ? 'network' : layer, words);
}

function wordsOf(error: unknown): string {
  if (!Error.isError(error)) return String(error);
  const { code } = error as { readonly code?: unknown };
  const own = typeof code === 'string' ? `${code}: ${error.message}` : error.message;
  return error.cause === undefined ? own : `${own} (${wordsOf(error.cause)})`;
}

/** Controls and what turns the direction of writing: no page, terminal or log is to take a server's words for more than text. */
function plainText(words: string): string {
  return words.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, ' ');
}

function withDetails(failure: Failure, details: string): Failure {
  return details === '' ? failure : { ...failure, details };
}

const patterns = new Map<string, RegExp>();

/** Compiled when first used: most rows never are. */
function compiled(pattern: string): RegExp {
  const known = patterns.get(pattern) ?? new RegExp(pattern, 'im');
  patterns.set(pattern, known);
  return known;
}
