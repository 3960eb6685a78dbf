import { FailureError } from '@exact/host-contracts';
import type { Microsoft365 } from '../../microsoft365/microsoft365.js';
import { hostFailures } from '../host-failures.js';
import { mailSituations } from './mail-situations.js';
import { signInSituations } from './sign-in-situations.js';
import type { Situation, SituationView } from './situation.js';

/** All that the panel can make happen in the own Microsoft 365 and on the way to it. */
export class Situations {
  readonly #all: readonly Situation[];

  /** `undefined`: with the real Microsoft 365 there is none. */
  constructor(own: Microsoft365 | undefined) {
    this.#all = own ? [...signInSituations(own), ...mailSituations(own)] : [];
  }

  view(): readonly SituationView[] {
    return this.#all.map((each) => ({
      id: each.id,
      group: each.group,
      label: each.label,
      ...(each.kind === 'lasting' && { on: each.isOn() }),
    }));
  }

  /**
   * Turns a lasting situation on or off, or lets an event happen.
   *
   * @throws FailureError when there is none of that id
   */
  async set(id: string, on: boolean): Promise<void> {
    const situation = this.#all.find((each) => each.id === id);
    if (!situation) throw new FailureError(hostFailures.unknownEntry);
    if (situation.kind === 'lasting') await situation.set(on);
    else if (on) await situation.happen();
  }
}
