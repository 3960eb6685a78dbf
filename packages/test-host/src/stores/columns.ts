import type { JsonValue } from '@exact/host-contracts';
import type { Row } from './sqlite.adapter.js';

const MOST_ROWS = 500;

/** @throws TypeError when the column is no text: the statement and the schema disagree */
export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw new TypeError(`Column ${column} is no text`);
  return value;
}

export function number(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw new TypeError(`Column ${column} is no number`);
  return value;
}

export function bytes(row: Row, column: string): Uint8Array {
  const value = row[column];
  if (!(value instanceof Uint8Array)) throw new TypeError(`Column ${column} is no blob`);
  return value;
}

export function optionalText(row: Row, column: string): string | undefined {
  return row[column] === null ? undefined : text(row, column);
}

export function optionalNumber(row: Row, column: string): number | undefined {
  return row[column] === null ? undefined : number(row, column);
}

/** A column of JSON that the same table wrote; NULL is `undefined`. The caller names the type that it wrote. */
export function json(row: Row, column: string): unknown {
  const value = optionalText(row, column);
  return value === undefined ? undefined : JSON.parse(value);
}

/** `undefined` becomes NULL. */
export function toJson(value: object | readonly JsonValue[] | undefined): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

/** The properties that have a value: for types whose optional properties may be missing, never `undefined`. */
export function present<T extends object>(values: { readonly [K in keyof T]: T[K] | undefined }): Partial<T> {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Partial<T>;
}

/** @throws RangeError outside 1 … 500 */
export function checkLimit(limit: number): number {
  if (limit < 1 || limit > MOST_ROWS) throw new RangeError(`A limit is 1 … ${MOST_ROWS}`);
  return limit;
}
