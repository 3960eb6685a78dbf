import type { Socket } from 'node:net';
import type { Contract } from '@exact/host-contracts';

/** A server by name or IP address, as a client calls it. */
export interface ServerAddress {
  readonly host: string;
  readonly port: number;
}

/** The way to a server: direct, or through the proxy that the host or the environment names. */
export interface Network {
  /**
   * An open TCP connection to the server, nothing read from it yet. Through a proxy the name goes to the proxy as it is:
   * looking it up is the proxy's part.
   *
   * @param signal ends the attempt at any time
   * @param options.limitMs how long it may take, milliseconds. Default: until `signal` ends it
   * @throws the system's error (`ECONNREFUSED` …), `TimedOut`, `ProxyFault` for what the proxy did, or the signal's reason
   */
  connect(server: ServerAddress, signal: AbortSignal, options?: { readonly limitMs?: number }): Promise<Socket>;
}

export const Network = Symbol.for('exact.email-plugin.Network') as Contract<Network>;
