import type { ImapFlow } from 'imapflow';

/** How imapflow ends IDLE before each command. Its types keep it to themselves, since a command is meant to follow. */
interface IdleBreaking {
  readonly preCheck?: (() => Promise<unknown>) | false;
}

/** IDLE (RFC 2177) on one connection, where the server has it. */
export class ImapIdle {
  private isRefused = false;
  /** Resolves when the present one has ended at the server. */
  private ended: Promise<boolean> = Promise.resolve(false);

  constructor(private readonly client: ImapFlow) {}

  /** It ends with `end`, or with the next command; `onBreak` is called when the connection fails. */
  begin(onBreak: () => void): void {
    // imapflow would ask at a rhythm of its own instead.
    if (this.isRefused || !this.client.capabilities.has('IDLE')) return;
    this.ended = this.client.idle().then(
      (outcome) => {
        this.isRefused = outcome === false;
        return !this.isRefused;
      },
      () => {
        onBreak();
        return false;
      },
    );
  }

  /**
   * Ends it with one round trip: before its last line the server says what is new (RFC 9051 section 7). `false`: there was none
   * to end, and the server was asked nothing.
   */
  async end(): Promise<boolean> {
    const { preCheck } = this.client as ImapFlow & IdleBreaking;
    if (typeof preCheck !== 'function') return false;
    const [isEnded] = await Promise.all([this.ended, preCheck()]);
    return isEnded;
  }
}
