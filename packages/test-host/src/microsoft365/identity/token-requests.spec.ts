import { expect, test } from '@jest/globals';
import { AuthorizationRecords } from './authorization-records.js';
import { IdentityState, inMemoryIdentityStateStore } from './identity-state.js';
import { IdentitySituations } from './situations.js';
import { TokenRequests } from './token-requests.js';

test.each([
  ['invalid_client', 'client not found', 'unauthorized_client', 'AADSTS700016'],
  ['invalid_client', 'the provided authentication mechanism does not match', 'invalid_client', 'AADSTS700025'],
  ['invalid_scope', 'refresh token missing requested scope', 'invalid_grant', 'AADSTS65001'],
  ['invalid_grant', 'authorization code already consumed', 'invalid_grant', 'AADSTS54005'],
  ['invalid_grant', 'authorization code is expired', 'invalid_grant', 'AADSTS70008'],
  ['invalid_grant', 'code_verifier does not match code_challenge', 'invalid_grant', 'AADSTS501481'],
  ['invalid_grant', 'authorization code not found', 'invalid_grant', 'AADSTS9002313'],
  ['unsupported_grant_type', '', 'unsupported_grant_type', 'AADSTS9002313'],
])('%s because "%s" reaches the app as %s %s', async (error, detail, told, code) => {
  const clock = { now: () => 0 };
  const records = new AuthorizationRecords(await IdentityState.open(inMemoryIdentityStateStore()), clock);
  const requests = new TokenRequests('client', clock, records, new IdentitySituations());
  const refusal = requests.translate({ error, detail });
  expect([refusal.error, refusal.description.split(':')[0]]).toEqual([told, code]);
});
