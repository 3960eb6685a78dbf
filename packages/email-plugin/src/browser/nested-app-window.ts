import type { JsonValue, PageChannel } from '@exact/host-contracts';

type Listener = (response: string) => void;

/** The bridge that msal-browser looks for in a host's window. */
export interface WindowBridge {
  addEventListener(event: 'message', listener: Listener): void;
  removeEventListener(event: 'message', listener: Listener): void;
  postMessage(message: string): void;
}

declare global {
  interface Window {
    nestedAppAuthBridge?: WindowBridge;
  }
}

/** Carries msal-browser's envelopes over the host's page channel. Each request is answered, also when the host is gone. */
export class ChannelBridge implements WindowBridge {
  private readonly listeners = new Set<Listener>();
  private unreachable: Error | undefined;

  constructor(private readonly channel: PageChannel) {}

  addEventListener(_event: 'message', listener: Listener): void {
    this.listeners.add(listener);
  }

  removeEventListener(_event: 'message', listener: Listener): void {
    this.listeners.delete(listener);
  }

  postMessage(message: string): void {
    void this.ask(message);
  }

  /** Why the host could not be reached since the last call, if so. */
  takeUnreachable(): Error | undefined {
    const { unreachable } = this;
    this.unreachable = undefined;
    return unreachable;
  }

  private async ask(message: string): Promise<void> {
    const request = JSON.parse(message) as JsonValue & { readonly requestId: string };
    const answer = await this.channel(request).catch((error: unknown) => {
      this.unreachable = new Error('the host could not be reached', { cause: error });
      return null;
    });
    const noAnswer = {
      messageType: 'NestedAppAuthResponse',
      requestId: request.requestId,
      success: false,
      error: { status: 'NO_NETWORK' },
    };
    const response = JSON.stringify(answer ?? noAnswer);
    for (const listener of [...this.listeners]) listener(response);
  }
}
