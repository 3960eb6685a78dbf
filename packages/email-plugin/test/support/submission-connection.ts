import { FailureError, type Failure } from '@exact/host-contracts';
import { SystemNetwork } from '../../src/network/system-network.js';
import { connectSubmission } from '../../src/send/smtp-submission.js';
import type { Submission } from '../../src/send/submission.js';
import type { AccessTokenOutcome, AccessTokens } from '../../src/sign-in/sign-in.js';
import type { ScriptedSmtpServer } from './scripted-smtp-server.js';

export const PRACTICE = 'reception@practice.example';

/** Microsoft's. */
export const LIMITS = {
  messagesPerMinute: 30,
  recipientsPerDay: 10_000,
  recipientsPerMessage: 500,
  attachmentsPerMessage: 250,
  messageBytes: 36_700_160,
};
const NOWHERE = { host: 'localhost', port: 1 };

/** This computer's network, to which no host gives a proxy. */
export const directNetwork = new SystemNetwork({
  get: () => Promise.resolve({ clientId: 'c', authority: 'a', imap: NOWHERE, smtp: NOWHERE, limits: LIMITS }),
});

/** Hands out `cached`, and `fresh` when a renewed one is asked for. */
export class FakeTokens implements AccessTokens {
  readonly account = { homeAccountId: 'h', objectId: 'o', tenantId: 't', username: PRACTICE };
  asked: boolean[] = [];
  ended: Failure | undefined;

  accessToken(options?: { readonly renew?: boolean }): Promise<AccessTokenOutcome> {
    const renew = options?.renew === true;
    this.asked.push(renew);
    if (this.ended) return Promise.resolve({ kind: 'sign-in-required', failure: this.ended });
    return Promise.resolve({ kind: 'token', accessToken: renew ? 'fresh' : 'cached', expiresAt: 0 });
  }
}

/** Connects as the plugin does. */
export async function connect(
  server: ScriptedSmtpServer,
  tokens = new FakeTokens(),
  signal: AbortSignal = new AbortController().signal,
) {
  return connectSubmission({ server: server.server, user: PRACTICE, tokens, signal }, directNetwork);
}

/** Why it did not connect. */
export async function failureOf(connecting: Promise<Submission>): Promise<Failure> {
  try {
    await using submission = await connecting;
    throw new Error(`connected with ${submission.encryption}`);
  } catch (error) {
    if (error instanceof FailureError) return error.failure;
    throw error;
  }
}
