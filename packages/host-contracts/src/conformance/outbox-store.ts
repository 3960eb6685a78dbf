import type { Configuration } from '../services/configuration.js';
import type { OutboxStore } from '../services/outbox-store.js';
import type { LeasingHost, TimedHost } from './leasing-host.js';
import { CLAIMING } from './outbox-claiming.js';
import { RECOVERY } from './outbox-recovery.js';
import { OUTBOX_LIST } from './outbox-list.js';
import { OUTBOX_SCREEN } from './outbox-screen.js';
import { SUBMISSION } from './outbox-submission.js';
import { register, type Suite } from './suite.js';

/** A host that claims to keep the mail that goes out. */
export interface OutboxStoreHost extends LeasingHost, TimedHost {
  readonly outbox: OutboxStore;
  /** The same store as another process or connection reaches it; `outbox` itself where there is only one. */
  readonly outboxElsewhere: OutboxStore;
  /** Says for which account mail is queued. */
  readonly configuration: Configuration;
}

/** What a host owes the contract `OutboxStore`. */
export function outboxStore(suite: Suite<OutboxStoreHost>): void {
  register(suite, { ...CLAIMING, ...SUBMISSION, ...RECOVERY, ...OUTBOX_SCREEN, ...OUTBOX_LIST });
}
