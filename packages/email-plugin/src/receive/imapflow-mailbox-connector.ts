import { Clock } from '@exact/host-contracts';
import { inject, injectable } from 'inversify';
import { Network } from '../network/network.js';
import type { Mailbox, MailboxConnector, MailboxRequest } from './mailbox.js';

/** Imports imapflow when the first mailbox is opened. */
@injectable()
export class ImapflowMailboxConnector implements MailboxConnector {
  constructor(
    @inject(Clock) private readonly clock: Clock,
    @inject(Network) private readonly network: Network,
  ) {}

  async open(request: MailboxRequest): Promise<Mailbox> {
    const { openMailbox } = await import('./imapflow/imapflow.adapter.js');
    return openMailbox(request, this.clock, this.network);
  }
}
