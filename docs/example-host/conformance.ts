import { test } from 'node:test';
import * as conformance from '@exact/host-contracts/conformance';
import { MemoryInbox } from './memory-inbox.ts';

// What this host claims: to keep received mail.
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
