import { type Event, FailureError } from '@exact/host-contracts';
import type { Microsoft365 } from '../../microsoft365/microsoft365.js';
import { hostFailures } from '../host-failures.js';
import type { MovableClock } from '../movable-clock.js';
import { Emitter } from '../../stores/emitter.js';
import type { BreakableNetwork } from '../../network/breakable-network.js';
import { ACCOUNTS_TO_TRY, type AccountToTry } from './accounts-to-try.js';
import { mailSituations } from './mail-situations.js';
import { connectionsBreak, networkSituations } from './network-situations.js';
import { signInSituations } from './sign-in-situations.js';
import { timeSituations } from './time-situations.js';
import type { Situation, SituationView } from './situation.js';

/** All that the panel can make happen in the own Microsoft 365, on the way to it, and on this computer. */
export class Situations {
  /** Whether this computer opens no web page by itself, as where a policy forbids it. */
  isBrowserBlocked = false;
  readonly accounts: readonly AccountToTry[];
  readonly #all: readonly Situation[];
  readonly #changes = new Emitter<undefined>();
  /** After each that was turned, and each that happened. */
  readonly onDidChange: Event<undefined> = this.#changes.event;

  /**
   * `own` and `network` `undefined`: with the real Microsoft 365 there are only those of this computer; `clock` `undefined`:
   * somebody else moves it.
   */
  constructor(own: Microsoft365 | undefined, network: BreakableNetwork | undefined, clock: MovableClock | undefined) {
    this.accounts = own ? ACCOUNTS_TO_TRY : [];
    this.#all = [
      browserBlocked(this),
      ...(own ? signInSituations(own) : []),
      ...(own && clock ? timeSituations(own, clock) : []),
      ...(own ? mailSituations(own) : []),
      ...(network ? networkSituations(network) : []),
      ...(own ? [connectionsBreak(own)] : []),
    ];
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
    this.#changes.fire(undefined);
  }
}

function browserBlocked(situations: Situations): Situation {
  return {
    id: 'browser-blocked',
    group: 'Sign-in',
    label: 'The browser does not open by itself',
    kind: 'lasting',
    isOn: () => situations.isBrowserBlocked,
    set: (on) => {
      situations.isBrowserBlocked = on;
    },
  };
}
