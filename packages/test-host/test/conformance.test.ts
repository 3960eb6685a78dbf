import * as conformance from '@exact/host-contracts/conformance';
import { describe, test } from '@jest/globals';
import { openPractice } from './conformance-practice.js';

describe('the inbox store of the test host', () => {
  conformance.inboxStore({ test, create: openPractice });
});
