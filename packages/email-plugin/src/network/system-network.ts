import { MicrosoftEndpoints } from '@exact/host-contracts';
import { inject, injectable } from 'inversify';
import type { Socket } from 'node:net';
import type { Network, ServerAddress } from './network.js';

/** The way over this computer's network. All that it needs is imported with the first connection. */
@injectable()
export class SystemNetwork implements Network {
  constructor(@inject(MicrosoftEndpoints) private readonly endpoints: MicrosoftEndpoints) {}

  async connect(
    server: ServerAddress,
    signal: AbortSignal,
    { limitMs }: { readonly limitMs?: number } = {},
  ): Promise<Socket> {
    if (limitMs === undefined) return this.open(server, signal);
    const [{ within }, { setTimeout }] = await Promise.all([import('./time-limit.js'), import('node:timers/promises')]);
    const wait = (ended: AbortSignal) => setTimeout(limitMs, undefined, { signal: ended });
    return within(wait, signal, (ending) => this.open(server, ending));
  }

  private async open(server: ServerAddress, signal: AbortSignal): Promise<Socket> {
    const [{ proxyFor }, { proxy: given }] = await Promise.all([import('./proxy-choice.js'), this.endpoints.get()]);
    const proxy = proxyFor(server, given, process.env);
    signal.throwIfAborted();
    if (!proxy) return (await import('./direct-connection.js')).connectDirectly(server, signal);
    return (await import('./proxy-tunnel.js')).openTunnel(proxy, server, signal);
  }
}
