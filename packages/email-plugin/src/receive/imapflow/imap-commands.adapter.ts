import { FailureError, type Failure } from '@exact/host-contracts';
import type { ImapFlow } from 'imapflow';
import { failureFor } from '../../failures/failures.js';
import { NOT_RETRIEVED } from '../retrieval-stub.js';
import type { FetchTap } from './fetch-tap.js';
import { isRefusal, serverWords, type ConnectionFailures } from './imapflow-failure.adapter.js';
import { unlessSilent, type Audible, type PatienceLimits } from './silence-watch.js';

/** Runs imapflow's commands. Its three ways to fail (throwing, `false`, `undefined`) become one: a `FailureError`. */
export class ImapCommands implements Audible {
  private readonly client: ImapFlow;

  constructor(
    private readonly connection: {
      readonly client: ImapFlow;
      readonly tap: FetchTap;
      readonly failures: ConnectionFailures;
      readonly limits: PatienceLimits;
    },
  ) {
    this.client = connection.client;
  }

  heard(): number {
    return this.client.stats().received + this.connection.tap.taken;
  }

  close(): void {
    this.client.close();
  }

  async guard<T>(command: () => Promise<T>, limitMs = this.connection.limits.silenceMs): Promise<T> {
    try {
      const result = await unlessSilent(this, limitMs, command);
      if (!this.client.usable) throw new FailureError(this.closed());
      return result;
    } catch (error) {
      if (error instanceof FailureError) throw error;
      throw new FailureError(this.connection.failures.explain(error), { cause: error });
    }
  }

  /** A NO to one command says something of these messages, not of the connection. */
  async guardUnlessRefused<T>(
    command: () => Promise<T>,
  ): Promise<{ readonly result: T } | { readonly refused: Failure }> {
    try {
      return { result: await this.guard(command) };
    } catch (error) {
      if (!(error instanceof FailureError) || !isRefusal(error.cause) || !this.client.usable) throw error;
      return { refused: failureFor('imap', `${NOT_RETRIEVED}: ${serverWords(error.cause)}`) };
    }
  }

  private closed() {
    return this.connection.failures.closed(this.client.byeReason);
  }
}
