import type { Genuineness } from '@exact/host-contracts';

const NOT_GENUINE = new Set(['demo', 'training', 'test', 'trial', 'backup']);

/** The test host's rule: a database whose name has one of these as a whole word, in any case, is not the live one. */
export function genuinenessOf(databaseName: string): Genuineness {
  const words = databaseName.toLowerCase().match(/[\p{Letter}\p{Mark}\p{Number}]+/gu) ?? [];
  const word = words.find((each) => NOT_GENUINE.has(each));
  if (word === undefined) return { genuine: true };
  return { genuine: false, reason: `The name of the database "${databaseName}" has the word "${word}" in it.` };
}
