import type { AuditEntry } from '../services/audit-log.js';
import type { Practice, PracticeInformation } from '../services/practice-information.js';
import { expectData, expectThat, expectTold } from './expect.js';
import { type HostPromises, register, type Suite } from './suite.js';

/** A host that claims to know what it prints about the practice. */
export interface PracticeInformationHost extends AsyncDisposable {
  readonly practice: PracticeInformation;
  /** What is on record, oldest first, with who and when (epoch ms). */
  readonly auditEntries: () => Promise<readonly (AuditEntry & { readonly by: string; readonly at: number })[]>;
}

const ADDRESS = 'conformance@practice.example';

const INFORMATION: HostPromises<PracticeInformationHost> = {
  'a new address is stored, and the rest stays': async ({ practice }) => {
    const before = await practice.read();
    await practice.updateEmailAddress(ADDRESS);
    expectData('The practice', await practice.read(), { ...before, emailAddress: ADDRESS });
  },

  'a new address is on record once, with who changed it, when, and from what': async ({ practice, auditEntries }) => {
    const { emailAddress } = await practice.read();
    await practice.updateEmailAddress(ADDRESS);
    await practice.updateEmailAddress(ADDRESS);
    const entries = await auditEntries();
    expectData('The record', entries, [{ before: emailAddress, after: ADDRESS }]);
    expectThat(entries.every(saysWhoAndWhen), 'The record does not say who changed it and when.');
  },

  'a listener is told of a new address after it is stored': async ({ practice }) => {
    const told = await expectTold(
      practice.onDidChange,
      () => practice.updateEmailAddress(ADDRESS),
      async (value) => ({ value, stored: await practice.read() }),
    );
    const expected = { emailAddress: ADDRESS };
    expectData('What the listener was told and saw', told, { value: expected, stored: expected });
  },

  'the same address again changes nothing and is told to nobody': async ({ practice }) => {
    await practice.updateEmailAddress(ADDRESS);
    const told: Practice[] = [];
    const subscription = practice.onDidChange((value) => told.push(value));
    await practice.updateEmailAddress(ADDRESS);
    await expectTold(
      practice.onDidChange,
      () => practice.updateEmailAddress(`other-${ADDRESS}`),
      () => undefined,
    );
    subscription.dispose();
    expectData('What the listener was told', told, [{ emailAddress: `other-${ADDRESS}` }]);
  },

  'a listener that has ended its subscription is told no more': async ({ practice }) => {
    const told: Practice[] = [];
    const ended = practice.onDidChange((value) => told.push(value));
    ended.dispose();
    ended.dispose();
    await expectTold(
      practice.onDidChange,
      () => practice.updateEmailAddress(ADDRESS),
      () => undefined,
    );
    expectData('What it was told', told, []);
  },
};

/** Whether an entry in the record of changes can be accounted for. */
export function saysWhoAndWhen({ by, at, title }: { by: string; at: number; title: string }): boolean {
  return by !== '' && at > 0 && title !== '';
}

/** What a host owes the contract `PracticeInformation`. */
export function practiceInformation(suite: Suite<PracticeInformationHost>): void {
  register(suite, INFORMATION);
}
