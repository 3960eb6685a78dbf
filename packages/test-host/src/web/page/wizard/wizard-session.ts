import type { FinishOutcome, JsonValue } from '@exact/host-contracts';
import type { WizardView } from '../../api/host-types.js';
import type { OpenedWizard } from '../../api/answers.js';
import type { HostConnection } from '../api/host-connection.js';

/**
 * The page's end of an open wizard. Steps go to the host one after the other, and what was typed goes before any press,
 * so that nothing that stands on the screen is ever missed.
 */
export class WizardSession {
  readonly id: string;
  readonly signInModule: string | undefined;
  private view: WizardView;
  private steps: Promise<unknown> = Promise.resolve();
  private isRefreshQueued = false;
  private isClosed = false;
  private readonly listeners = new Set<() => void>();
  /** Sends what was typed and not yet sent, by control. */
  private readonly unsent = new Map<string, () => void>();

  constructor(
    private readonly host: HostConnection,
    opened: OpenedWizard,
    private readonly report: (error: unknown) => void,
  ) {
    this.id = opened.wizard;
    this.view = opened.view;
    this.signInModule = opened.signInModule;
  }

  readonly current = (): WizardView => this.view;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Something changed in the host. */
  refresh(): void {
    if (this.isRefreshQueued) return;
    this.isRefreshQueued = true;
    void this.step(() => {
      this.isRefreshQueued = false;
      return this.host.call('wizard.view', { wizard: this.id });
    });
  }

  change(control: string, value: JsonValue): Promise<void> {
    return this.step(() => this.host.call('wizard.change', { wizard: this.id, control, value: value as never }));
  }

  press(control: string): Promise<void> {
    this.flush();
    return this.step(() => this.host.call('wizard.press', { wizard: this.id, control }));
  }

  back(): Promise<void> {
    this.flush();
    return this.step(() => this.host.call('wizard.back', { wizard: this.id }));
  }

  next(): Promise<void> {
    this.flush();
    return this.step(() => this.host.call('wizard.next', { wizard: this.id }));
  }

  /** `undefined` when it could not be asked; that has been reported. */
  async finish(): Promise<FinishOutcome | undefined> {
    this.flush();
    let outcome: FinishOutcome | undefined;
    await this.step(async () => {
      outcome = await this.host.call('wizard.finish', { wizard: this.id });
      if (outcome.kind === 'refused') return this.host.call('wizard.view', { wizard: this.id });
      this.isClosed = true;
      return this.view;
    });
    return outcome;
  }

  async cancel(): Promise<void> {
    this.isClosed = true;
    await this.host.call('wizard.cancel', { wizard: this.id });
  }

  /** Not in line with the steps: a message may wait for a person who signs in. */
  receive(message: JsonValue): Promise<JsonValue> {
    return this.host.call('wizard.receive', { wizard: this.id, message: message as never });
  }

  /** All steps up to now have been answered. */
  async settled(): Promise<void> {
    this.flush();
    await this.steps;
  }

  /** A control has something that is not yet sent: `send` is called before the next press. `undefined`: sent. */
  keepUnsent(control: string, send: (() => void) | undefined): void {
    if (send) this.unsent.set(control, send);
    else this.unsent.delete(control);
  }

  /** While a step was on its way. */
  private wasClosed(): boolean {
    return this.isClosed;
  }

  private flush(): void {
    for (const send of [...this.unsent.values()]) send();
  }

  private step(ask: () => Promise<WizardView>): Promise<void> {
    const step = this.steps.then(async () => {
      if (this.isClosed) return;
      try {
        this.view = await ask();
      } catch (error) {
        if (!this.wasClosed()) this.report(error);
        return;
      }
      for (const listener of this.listeners) listener();
    });
    this.steps = step;
    return step;
  }
}
