import { FailureError } from '@exact/host-contracts';
import type { Network } from '../network/network.js';
import type { AccessTokens } from '../sign-in/sign-in.js';
import { SmtpConnection, SmtpFault, type TransactionEnd } from './nodemailer/smtp-connection.adapter.js';
import { connectionFailed, signInRefused } from './smtp-failures.js';
import { submitOutcome } from './submit-outcome.js';
import type { Envelope, Submission, SubmissionRequest, SubmitOutcome } from './submission.js';
import { isInternational, wireAddress } from './wire-address.js';

/** STARTTLS, then XOAUTH2. A refused access token is renewed once, on a connection of its own. */
export async function connectSubmission(request: SubmissionRequest, network: Network): Promise<Submission> {
  const first = await signInOver(request, false, network);
  if (first instanceof SmtpConnection) return new SmtpSubmission(first);
  if (!mayBeTheToken(first.reply)) throw new FailureError(signInRefused(first.reply));
  const second = await signInOver(request, true, network);
  if (second instanceof SmtpConnection) return new SmtpSubmission(second);
  throw new FailureError(signInRefused(second.reply));
}

/** A signed-in connection, or the server's refusal. */
async function signInOver(
  { server, user, tokens, signal }: SubmissionRequest,
  renew: boolean,
  network: Network,
): Promise<SmtpConnection | { readonly reply: string }> {
  const accessToken = await accessTokenOf(tokens, renew);
  const connection = await SmtpConnection.open(server, network, signal).catch(throwAsFailure);
  try {
    await connection.signIn(user, accessToken);
    return connection;
  } catch (error) {
    if (error instanceof SmtpFault && error.reply !== undefined) return { reply: error.reply };
    return throwAsFailure(error);
  }
}

async function accessTokenOf(tokens: AccessTokens, renew: boolean): Promise<string> {
  const outcome = await tokens.accessToken({ renew });
  if (outcome.kind !== 'token') throw new FailureError(outcome.failure);
  return outcome.accessToken;
}

/** 5.7.139: SMTP AUTH is switched off, whatever the token says. */
function mayBeTheToken(reply: string): boolean {
  return reply.startsWith('535') && !reply.includes('5.7.139');
}

function throwAsFailure(error: unknown): never {
  if (error instanceof SmtpFault) throw new FailureError(connectionFailed(error), { cause: error });
  throw error;
}

class SmtpSubmission implements Submission {
  readonly encryption: string;

  constructor(private readonly connection: SmtpConnection) {
    this.encryption = connection.encryption;
  }

  async submit({ from, recipients, raw }: Envelope): Promise<SubmitOutcome> {
    const wireAddresses = new Map(recipients.map((address) => [address, wireAddress(address)]));
    const wanted = new Set([...wireAddresses.values()].filter((address) => address !== undefined));
    const untakeable = this.connection.takesInternational ? [] : [...wanted].filter(isInternational);
    const to = [...wanted].filter((address) => !untakeable.includes(address));
    const refusedHere = untakeable.map((address) => ({ address, reply: NOT_INTERNATIONAL }));
    const end: TransactionEnd =
      to.length > 0
        ? await this.connection.transact(wireAddress(from) ?? from, to, raw)
        : { kind: 'refused', reply: untakeable.length > 0 ? NOT_INTERNATIONAL : MALFORMED, refused: [] };
    return submitOutcome({ ...end, refused: [...end.refused, ...refusedHere] }, wireAddresses);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.connection[Symbol.asyncDispose]();
  }
}

/** RFC 5321 section 4.1.1.3, in the words that a server has for it. */
const MALFORMED = '501 5.1.3 Invalid address';
/** RFC 6531 section 3.5, likewise. */
const NOT_INTERNATIONAL = '550 5.6.7 Non-ASCII address not permitted for that recipient';
