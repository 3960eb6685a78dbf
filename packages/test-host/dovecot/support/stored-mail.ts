import { createHash } from 'node:crypto';
import type { Cursor, InboxFolder } from '@exact/host-contracts';
import type { TestHost } from '@exact/test-host';
import type { GeneratedMessage } from '../../src/microsoft365/sample-mail/generate-mailbox.js';
import { until } from '../../test/set-up-walk.js';

/** Resolves when the Inbox holds at least so many messages. */
export function untilReceived({ host }: TestHost, count: number): Promise<void> {
  return until(host.inbox.onDidChange, async () => {
    const { total } = await host.inbox.list({ folder: 'inbox', offset: 0, limit: 1 });
    return total >= count;
  });
}

/** How far the mailbox was read. */
export async function storedCursor({ stores }: TestHost): Promise<Cursor | undefined> {
  const { settings } = await stores.configuration.read();
  const { key } = settings?.['account'] as { readonly key: string };
  return stores.inbox.cursor(key, 'INBOX');
}

/** Of what the store holds in these folders, sorted. */
export async function storedDigests(
  { host }: TestHost,
  folders: readonly InboxFolder[] = ['inbox'],
): Promise<readonly string[]> {
  const digests: string[] = [];
  for (const folder of folders) {
    for (let offset = 0; ;) {
      const { rows } = await host.inbox.list({ folder, offset, limit: 500 });
      if (rows.length === 0) break;
      for (const { id, size } of rows) digests.push(digest(await host.inbox.raw(id, 0, size + 1)));
      offset += rows.length;
    }
  }
  return digests.sort();
}

export function digestsOf(messages: readonly GeneratedMessage[]): readonly string[] {
  return messages.map(({ raw }) => digest(raw)).sort();
}

function digest(raw: Uint8Array): string {
  return createHash('sha256').update(raw).digest('hex');
}
