import { type Failure, FailureError } from '@exact/host-contracts';
import type { PracticeSeed, PracticeTables } from './practice-tables.js';
import type { Caller, Change } from './session.js';

/** What the thread is started with. */
export interface StoreThreadOptions {
  /** Existing directory that holds the database, its lock and its key. */
  readonly dataDirectory: string;
  /** What a new practice begins with, for the server, which has the folder to itself; `undefined` = beside a server. */
  readonly seed: PracticeSeed | undefined;
  readonly allowedRecipients: readonly string[] | undefined;
}

/** Why a practice database was not opened. */
export type OpenRefusal =
  | { readonly kind: 'in-use' }
  /** Nobody keeps the directory, which a workstation needs. */
  | { readonly kind: 'no-server' }
  /** An older program keeps the file. */
  | { readonly kind: 'older'; readonly found: number; readonly known: number }
  /** A newer program wrote the file. */
  | { readonly kind: 'newer'; readonly found: number; readonly known: number };

export type StoreName = keyof PracticeTables;

/** A call into a table of the thread. `arguments` is what structured cloning can carry. */
export interface StoreCall {
  readonly kind: 'call';
  readonly id: number;
  readonly store: StoreName;
  readonly method: string;
  readonly arguments: readonly unknown[];
  readonly caller: Caller;
}

/** What has come together is sent together: each message costs both threads a turn. */
export type StoreRequest = StoreCall | { readonly kind: 'close' };

export type StoreAnswer =
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'thrown'; readonly id: number; readonly error: PlainError };

/** Sent together, too. The first is `opened` or `refused`. Changes come before the answers of the calls that made them. */
export type StoreReply =
  | { readonly kind: 'opened' }
  | { readonly kind: 'refused'; readonly refusal: OpenRefusal }
  | { readonly kind: 'changed'; readonly change: Change }
  | StoreAnswer;

/** An error as data: structured cloning would lose its class. */
export interface PlainError {
  readonly name: string;
  readonly message: string;
  readonly failure?: Failure;
}

export function toPlainError(error: unknown): PlainError {
  if (error instanceof FailureError) return { name: error.name, message: error.message, failure: error.failure };
  if (Error.isError(error)) return { name: error.name, message: error.message };
  return { name: 'Error', message: String(error) };
}

export function fromPlainError({ name, message, failure }: PlainError): Error {
  if (failure) return new FailureError(failure);
  if (name === 'RangeError') return new RangeError(message);
  if (name === 'TypeError') return new TypeError(message);
  return new Error(message);
}

/**
 * The same plain data with every byte array in a buffer of its own, and those buffers, to be moved instead of copied: a
 * view of a large buffer would drag all of it along. Bytes in shared memory stay where they are: every thread sees them.
 * What holds no bytes to be moved is handed on as it is.
 */
export function movable<T>(value: T): { readonly value: T; readonly buffers: ArrayBuffer[] } {
  const buffers: ArrayBuffer[] = [];
  return { value: detach(value, buffers) as T, buffers };
}

function detach(value: unknown, buffers: ArrayBuffer[]): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Uint8Array) return value.buffer instanceof SharedArrayBuffer ? value : moved(value, buffers);
  let changed: object | undefined;
  for (const key of Object.keys(value)) {
    const each = (value as Readonly<Record<string, unknown>>)[key];
    const detached = detach(each, buffers);
    if (detached === each) continue;
    changed ??= Array.isArray(value) ? [...(value as readonly unknown[])] : { ...value };
    Reflect.set(changed, key, detached);
  }
  return changed ?? value;
}

function moved(bytes: Uint8Array, buffers: ArrayBuffer[]): Uint8Array {
  const own = new Uint8Array(bytes);
  buffers.push(own.buffer);
  return own;
}
