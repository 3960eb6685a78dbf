import * as conformance from '@exact/host-contracts/conformance';
import { describe, test } from '@jest/globals';
import { openPractice } from './conformance-practice.js';

describe('the inbox store of the test host', () => {
  conformance.inboxStore({ test, create: openPractice });
});

describe('the outbox store of the test host', () => {
  conformance.outboxStore({ test, create: openPractice });
});

describe('the configuration of the test host', () => {
  conformance.configuration({ test, create: openPractice });
});

describe('Finish in the test host', () => {
  conformance.finish({ test, create: openPractice });
});

describe('what the test host has promised', () => {
  conformance.durability({ test, create: openPractice });
});
