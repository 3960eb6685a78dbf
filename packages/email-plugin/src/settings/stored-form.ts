import type { JsonObject } from '@exact/host-contracts';

/** Turns a stored value of one form into the next one. Pure: running it twice on the same input gives the same. */
export type FormUpdate = (stored: JsonObject) => JsonObject;

/** A stored value brought to today's form, or why it can't be. */
export type StoredFormReading =
  | { readonly kind: 'current'; readonly value: JsonObject }
  | { readonly kind: 'newer'; readonly form: number }
  | { readonly kind: 'unreadable'; readonly reason: string };

/**
 * Brings a stored value up to date. `updates[n]` leads from form `n + 1` to `n + 2`, so that the newest form is
 * `updates.length + 1`. Nothing is written: the next Finish stores the new form, and until then each read updates anew,
 * so an interrupted update can't exist.
 */
export function updateStoredForm(stored: JsonObject, updates: readonly FormUpdate[]): StoredFormReading {
  const { form, ...rest } = stored;
  const newest = updates.length + 1;
  if (typeof form !== 'number' || !Number.isInteger(form) || form < 1) {
    return { kind: 'unreadable', reason: 'the number of the stored form is missing' };
  }
  if (form > newest) return { kind: 'newer', form };
  const value = updates.slice(form - 1).reduce<JsonObject>((older, update) => update(older), rest);
  return { kind: 'current', value };
}

/** The stored form of a value of today. */
export function toStoredForm(value: JsonObject, updates: readonly FormUpdate[]): JsonObject {
  return { form: updates.length + 1, ...value };
}
