import type { Failure } from '@exact/host-contracts';
import { asFailure, failureFor } from '../failures/failures.js';
import type { ServerAddress } from '../network/network.js';

/** What a practice wants of a server. */
export type Purpose = 'signing in' | 'receiving email' | 'sending email';

/** A way that does not lead to its server. */
export interface BlockedWay {
  readonly purpose: Purpose;
  readonly server: ServerAddress;
  readonly error: unknown;
}

/** Where IT is told which door to open; everything else has a remedy of its own. */
const CLOSED_DOORS = new Set(['ECONNREFUSED', 'ETIMEDOUT', 'EHOSTUNREACH', 'ECONNRESET', 'EACCES', 'PROXY refused']);

const PROXY_SIGN_IN = 'PROXY_AUTH 407';

const AGAIN = 'Try again in a few minutes. If it stays like this, check the internet connection.';

/** One line for each thing that is wrong, saying for what it is in the way. */
export function obstaclesIn(ways: readonly BlockedWay[]): readonly Failure[] {
  const byCode = Map.groupBy(
    ways.map((way) => ({ ...way, failure: asSeenNow(asFailure(way.error, 'network')) })),
    ({ failure }) => failure.code,
  );
  return [...byCode.values()].map((same) => {
    const [{ failure } = { failure: failureFor('network', '') }] = same;
    const servers = same.map(({ server: { host, port } }) => `${host} port ${port}`);
    return {
      ...failure,
      // Nobody looks again by themselves: the user presses when it is put right, and the advice says so.
      retry: { kind: 'never' },
      sentence: `${sentenceStart(same.map(({ purpose }) => purpose))}: ${failure.sentence}`,
      ...(CLOSED_DOORS.has(failure.code) && { fixedBy: 'admin', advice: openTheDoors(servers) }),
      ...(failure.code === PROXY_SIGN_IN && { advice: passTheProxy(servers) }),
      details: same
        .map(({ server, failure: each }) => `${server.host}:${server.port} ${each.details ?? ''}`)
        .join('\n'),
    };
  });
}

/** How wrong the clock of this computer is, in words. `aheadMs`: how far Microsoft's time is ahead of it. */
export function clockWarning(aheadMs: number): Failure {
  const minutes = Math.round(Math.abs(aheadMs) / 60_000);
  const howMuch = minutes < 120 ? `${minutes} minutes` : `${Math.round(minutes / 60)} hours`;
  const failure = failureFor(
    'network',
    `ERR_CLOCK_WRONG: Microsoft’s time differs by ${Math.round(aheadMs / 1000)} seconds`,
  );
  return { ...failure, sentence: `The clock of this computer is about ${howMuch} ${aheadMs > 0 ? 'slow' : 'fast'}.` };
}

/** The catalogue speaks of mail that is tried again by itself; here somebody waits, and the next look is theirs. */
function asSeenNow(failure: Failure): Failure {
  // A name service that does not answer looks the same as one that does not know the name.
  const known =
    failure.code === 'EAI_AGAIN' ? { ...failureFor('network', 'ENOTFOUND'), ...detailsOf(failure) } : failure;
  return known.fixedBy === 'nobody' ? { ...known, advice: AGAIN } : known;
}

function detailsOf({ details }: Failure): Pick<Failure, 'details'> {
  return details === undefined ? {} : { details };
}

function openTheDoors(servers: readonly string[]): string {
  return `Check the internet connection. If websites open, ask your IT support to let EXACT reach ${listed(servers)}, then try again.`;
}

function passTheProxy(servers: readonly string[]): string {
  return `Ask your IT support to let ${listed(servers)} through the proxy without a sign-in, or to give EXACT the proxy’s sign-in with its address (http://user:password@proxy:port). Then try again.`;
}

function sentenceStart(purposes: readonly Purpose[]): string {
  const text = listed(purposes);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function listed(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}
