import type { Contract } from '@exact/host-contracts';

/** 0 … 1 without 1, as `Math.random`. */
export type Random = () => number;

export const Random = Symbol.for('exact.email-plugin.Random') as Contract<Random>;
