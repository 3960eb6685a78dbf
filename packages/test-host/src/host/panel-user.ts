import type { CurrentUser, Right, User } from '@exact/host-contracts';

const ALL_RIGHTS: readonly Right[] = ['configure-email'];

/** The user before the screen of this process: always the same person, whose rights the panel switches. */
export class PanelUser implements CurrentUser {
  #mayConfigure = true;

  /** @param name as staff know it; no two people of a practice have the same */
  constructor(readonly name = 'Front desk') {}

  get id(): string {
    return this.name;
  }

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
