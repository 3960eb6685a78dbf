import type { Logger } from '@exact/host-contracts';
import type { Host, HostChange } from '../../host/host.js';
import type { PageEvent } from '../api/page-events.js';
import { PageSession } from './page-session.js';

/** All pages that are open in browsers just now. */
export class PageSessions implements AsyncDisposable {
  private readonly pages = new Map<string, PageSession>();
  /** The page where somebody pressed something last: tabs and help articles open there, not in every page. */
  private lastUsed: PageSession | undefined;
  private readonly subscription;

  constructor(
    host: Host,
    private readonly logger: Logger,
  ) {
    this.subscription = host.onDidChange((change) => {
      this.pass(change);
    });
  }

  open(send: (event: PageEvent) => void): PageSession {
    const page = new PageSession(send, this.logger);
    this.pages.set(page.id, page);
    this.lastUsed ??= page;
    send({ kind: 'page', page: page.id });
    return page;
  }

  find(id: string): PageSession | undefined {
    return this.pages.get(id);
  }

  used(page: PageSession): void {
    this.lastUsed = page;
  }

  async close(page: PageSession): Promise<void> {
    this.pages.delete(page.id);
    if (this.lastUsed === page) this.lastUsed = this.pages.values().next().value;
    await page[Symbol.asyncDispose]();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.subscription.dispose();
    await Promise.all([...this.pages.values()].map((page) => this.close(page)));
  }

  private pass(change: HostChange): void {
    if (change.kind === 'system-browser' || change.kind === 'help') {
      this.lastUsed?.send(change);
      return;
    }
    for (const page of this.pages.values()) {
      if (change.kind === 'restarted') void page.closeAll();
      page.send(change);
    }
  }
}
