import type { MicrosoftEndpoints, MicrosoftServices } from '@exact/host-contracts';
import type { Microsoft365Clock } from '../microsoft365/clock.js';
import { NETWORK_FAULTS, type NetworkFaultId, type ServicesChange } from './network-faults.js';

/** The practice's way to the own Microsoft 365, in which things can be broken and mended while the host runs. */
export class BreakableNetwork implements MicrosoftEndpoints, AsyncDisposable {
  readonly #faults = new Map<
    NetworkFaultId,
    { readonly change: ServicesChange; readonly servers: AsyncDisposableStack }
  >();

  constructor(
    private readonly services: MicrosoftServices,
    private readonly clock: Microsoft365Clock,
  ) {}

  /** Where Microsoft 365 is as things stand, for the next connection. */
  get(): Promise<MicrosoftServices> {
    const changes = [...this.#faults.values()].map(({ change }) => change);
    return Promise.resolve(changes.reduce((services, change) => change(services), this.services));
  }

  isBroken(id: NetworkFaultId): boolean {
    return this.#faults.has(id);
  }

  /** A connection that stands goes on. */
  async break(id: NetworkFaultId): Promise<void> {
    if (this.#faults.has(id)) return;
    await using starting = new AsyncDisposableStack();
    const { services, clock } = this;
    const change = await NETWORK_FAULTS[id]({ services, clock, servers: starting });
    this.#faults.set(id, { change, servers: starting.move() });
  }

  async mend(id: NetworkFaultId): Promise<void> {
    const fault = this.#faults.get(id);
    this.#faults.delete(id);
    await fault?.servers.disposeAsync();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const id of [...this.#faults.keys()]) await this.mend(id);
  }
}
