import * as conformance from '@exact/host-contracts/conformance';
import { describe, test } from '@jest/globals';
import { openPractice } from './conformance-practice.js';

describe('the inbox store of the test host', () => {
  conformance.inboxStore({ test, create: openPractice });
});

describe('the outbox store of the test host', () => {
  conformance.outboxStore({ test, create: openPractice });
});
