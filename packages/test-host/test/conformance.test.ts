import * as conformance from '@exact/host-contracts/conformance';
import { describe, test } from '@jest/globals';
import { SystemClock } from '../dist/src/host/system-clock.js';
import { openPractice } from './conformance-practice.js';

describe('the inbox store of the test host', () => {
  conformance.inboxStore({ test, create: openPractice });
});

describe('the outbox store of the test host', () => {
  conformance.outboxStore({ test, create: openPractice });
});

describe('what came back to the test host', () => {
  conformance.deliveryReports({ test, create: openPractice });
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

describe('the jobs of the test host', () => {
  conformance.jobs({ test, create: openPractice });
});

describe('a prompt of the test host', () => {
  conformance.prompts({ test, create: openPractice });
});

describe('the service health of the test host', () => {
  conformance.serviceHealth({ test, create: openPractice });
});

describe('the patients of the test host', () => {
  conformance.patientDirectory({ test, create: openPractice });
  conformance.patientChoice({ test, create: openPractice });
});

describe('the support file of the test host', () => {
  conformance.support({ test, create: openPractice });
});

describe('a workstation of the test host', () => {
  conformance.workstations({ test, create: openPractice });
});

describe('the practice information of the test host', () => {
  conformance.practiceInformation({ test, create: openPractice });
});

describe('the host information of the test host', () => {
  conformance.hostInformation({ test, create: openPractice });
});

describe('the clock that a test moves', () => {
  conformance.clock({ test, create: openPractice });
});

describe('the clock of the machine', () => {
  const clock = new SystemClock();
  const create = () =>
    Promise.resolve({
      clock,
      letPass: (milliseconds: number) => clock.sleep(milliseconds),
      [Symbol.asyncDispose]: () => Promise.resolve(),
    });
  conformance.clock({ test, create });
});
