import { FailureError, type Failure } from '@exact/host-contracts';
import { describe, expect, test } from '@jest/globals';
import type { FetchedMessage, UnfetchableMessage } from '../mailbox.js';
import { SERVER_UNAVAILABLE, whileAvailable } from './available-server.js';

/** `.` a message, `-` one that the server does not give, `u` one that it says to be unavailable for. */
async function* answers(text: string): AsyncIterable<FetchedMessage | UnfetchableMessage> {
  for (const [index, kind] of Array.from(text).entries()) {
    const uid = index + 1;
    if (kind === '.') yield await Promise.resolve({ uid, listedSize: 1, arrivedAt: 0, content: nothing() });
    else yield { uid, listedSize: 1, failure: failure(kind === 'u' ? SERVER_UNAVAILABLE : 'message-not-retrieved') };
  }
}

async function* nothing(): AsyncIterable<Uint8Array> {
  yield await Promise.resolve(new Uint8Array());
}

function failure(code: string): Failure {
  return { code, sentence: '', fixedBy: 'microsoft', advice: '', retry: { kind: 'backoff' } };
}

/** The UIDs that come, and the code of what ends them. */
async function taken(text: string): Promise<{ readonly uids: readonly number[]; readonly end?: string }> {
  const uids: number[] = [];
  try {
    for await (const { uid } of whileAvailable(answers(text))) uids.push(uid);
    return { uids };
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    return { uids, end: error.failure.code };
  }
}

describe('a server that says to be unavailable', () => {
  test.each([
    ['for one message is asked for the others', '.u.', [1, 2, 3]],
    ['for two messages is asked for the others', 'uu..', [1, 2, 3, 4]],
    ['for the last messages has said so of them only', '..uu', [1, 2, 3, 4]],
    ['here and there has said so of them only', 'u.uu.u', [1, 2, 3, 4, 5, 6]],
    ['for none, but does not give some, is asked for all', '----.', [1, 2, 3, 4, 5]],
  ])('%s', async (_what, text, uids) => {
    expect(await taken(text)).toEqual({ uids });
  });

  test('for three in a row is left alone, and none of them counts as handled', async () => {
    expect(await taken('..uuu.')).toEqual({ uids: [1, 2], end: SERVER_UNAVAILABLE });
  });
});
