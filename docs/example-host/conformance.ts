import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import * as conformance from '@exact/host-contracts/conformance';
import { clock } from './clock.ts';
import { MemoryInbox } from './memory-inbox.ts';

// What this host claims: to have a clock and to keep received mail.
conformance.clock({
  test,
  create: () =>
    Promise.resolve({
      clock,
      letPass: (milliseconds: number) => wait(milliseconds),
      [Symbol.asyncDispose]: () => Promise.resolve(),
    }),
});

conformance.inboxStore({
  test,
  create: () => {
    const inbox = new MemoryInbox();
    return Promise.resolve({
      inbox,
      inboxElsewhere: inbox,
      grantLease: () => Promise.resolve(inbox.grantLease()),
      [Symbol.asyncDispose]: () => Promise.resolve(),
    });
  },
});
