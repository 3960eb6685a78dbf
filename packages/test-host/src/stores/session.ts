import type { Practice, StoredConfiguration } from '@exact/host-contracts';
import { ChangeNumbers } from './change-numbers.js';
import type { Database } from './sqlite.adapter.js';

/** What listeners outside the thread are told of, and with what. */
export interface Changes {
  readonly inbox: undefined;
  readonly outbox: undefined;
  readonly health: undefined;
  readonly prompts: undefined;
  readonly database: undefined;
  /** Something was asked of a job. */
  readonly jobRequests: undefined;
  /** The jobs are to start anew. */
  readonly jobRestart: undefined;
  readonly configuration: StoredConfiguration;
  readonly practice: Practice;
}

export type Topic = keyof Changes;

export type Change = { [K in Topic]: { readonly topic: K; readonly value: Changes[K] } }[Topic];

/** Who calls, and at what time: it comes with each call, since clock and user belong to the host, not to the thread. */
export interface Caller {
  /** Epoch ms. */
  readonly now: number;
  /** The name of the current user. */
  readonly user: string;
}

/** One call into the tables: its caller, and what it changed. */
export class Session {
  #caller: Caller = { now: 0, user: '' };
  readonly #changes = new Map<Topic, Change>();
  readonly #numbers: ChangeNumbers;

  constructor(database: Database) {
    this.#numbers = new ChangeNumbers(database);
  }

  get now(): number {
    return this.#caller.now;
  }

  get user(): string {
    return this.#caller.user;
  }

  /** Inside the caller's transaction. Listeners of this process are told after the call, the others soon. */
  changed(change: Change): void {
    this.#numbers.count(change.topic);
    this.#changes.set(change.topic, change);
  }

  /** What other processes have changed since the last look. */
  news(): readonly Topic[] {
    return this.#numbers.news() as readonly Topic[];
  }

  /** Runs a call. What it changed is told only when it did not throw. */
  run<T>(caller: Caller, call: () => T): { readonly value: T; readonly changes: readonly Change[] } {
    this.#caller = caller;
    this.#changes.clear();
    let isStored = false;
    try {
      const value = call();
      isStored = true;
      return { value, changes: [...this.#changes.values()] };
    } finally {
      this.#numbers.settle(isStored ? 'stored' : 'rolled-back');
    }
  }
}

/** The same methods without promises: what a table inside the thread owes the asynchronous contract outside. */
export type Synchronous<T> = {
  readonly [K in keyof T as T[K] extends (...args: never[]) => Promise<unknown> ? K : never]: T[K] extends (
    ...args: infer A
  ) => Promise<infer R>
    ? (...args: A) => R
    : never;
};
