import { randomUUID } from 'node:crypto';
import type { Logger, Subscription } from '@exact/host-contracts';
import type { WizardFrame } from '../../host/host.js';
import type { PageEvent } from '../api/page-events.js';
import { AttachmentTray } from './attachment-tray.js';
import { describeDefect } from '../../host/defect.js';

/** A wizard that a page has open. */
export interface OpenWizard {
  readonly id: string;
  readonly frame: WizardFrame;
}

/** One page in a browser, for as long as its event stream lives. What it has open ends with it: closing it is Cancel. */
export class PageSession implements AsyncDisposable {
  readonly id = randomUUID();
  readonly attachments = new AttachmentTray();
  private readonly wizards = new Map<string, OpenWizard & { readonly subscription: Subscription }>();

  constructor(
    /** Writes to the page's event stream. */
    readonly send: (event: PageEvent) => void,
    private readonly logger: Logger,
  ) {}

  /** Takes over a frame that was opened for this page. */
  add(frame: WizardFrame): OpenWizard {
    const id = randomUUID();
    const subscription = frame.onDidChange(() => {
      this.send({ kind: 'wizard', wizard: id });
    });
    const opened = { id, frame, subscription };
    this.wizards.set(id, opened);
    return opened;
  }

  /** `undefined` when it has ended. */
  wizard(id: string): OpenWizard | undefined {
    return this.wizards.get(id);
  }

  /** Cancels the wizard; nothing happens when it has ended. */
  async close(id: string): Promise<void> {
    const wizard = this.wizards.get(id);
    if (!wizard) return;
    this.wizards.delete(id);
    wizard.subscription.dispose();
    try {
      await wizard.frame[Symbol.asyncDispose]();
    } catch (error) {
      this.logger.error('web.wizard-did-not-close', describeDefect(error));
    }
  }

  /** The host has ended all wizards by itself. */
  async closeAll(): Promise<void> {
    await Promise.all([...this.wizards.keys()].map((id) => this.close(id)));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.attachments.clear();
    await this.closeAll();
  }
}
