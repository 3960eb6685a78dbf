import type { InboxStore } from '../services/inbox-store.js';
import { BYTES } from './inbox-bytes.js';
import { RECEIVING } from './inbox-receiving.js';
import { SCREEN } from './inbox-screen.js';
import type { LeasingHost } from './leasing-host.js';
import { register, type Suite } from './suite.js';

/** A host that claims to keep received mail. */
export interface InboxStoreHost extends LeasingHost {
  readonly inbox: InboxStore;
  /** The same store as another process or connection reaches it; `inbox` itself where there is only one. */
  readonly inboxElsewhere: InboxStore;
}

/** What a host owes the contract `InboxStore`. */
export function inboxStore(suite: Suite<InboxStoreHost>): void {
  register(suite, { ...RECEIVING, ...BYTES, ...SCREEN });
}
