import type { CurrentUser, Right, User } from '@exact/host-contracts';

const ALL_RIGHTS: readonly Right[] = ['configure-email'];

/** The user before the screen: always the same person, whose rights the panel switches. */
export class PanelUser implements CurrentUser {
  #mayConfigure = true;

  readonly id = 'user-1';
  readonly name = 'Front desk';

  get mayConfigure(): boolean {
    return this.#mayConfigure;
  }

  setMayConfigure(may: boolean): void {
    this.#mayConfigure = may;
  }

  get(): Promise<User> {
    return Promise.resolve({ id: this.id, name: this.name, rights: this.#mayConfigure ? ALL_RIGHTS : [] });
  }

  /** Without a right asked for, everybody may. */
  has(right: Right | undefined): boolean {
    return right === undefined || this.#mayConfigure;
  }
}
