import type { JsonObject } from '@exact/host-contracts';
import { toStoredForm, updateStoredForm, type FormUpdate } from '../settings/stored-form.js';

/** What the secret `token-cache` holds. */
export interface StoredSignIn {
  /** MSAL's token cache: JSON, with secrets in it. */
  readonly cache: string;
  /** When Microsoft last gave a refresh token, epoch ms; `undefined` = it was stored before that was noted. */
  readonly renewedAt: number | undefined;
}

/** Form 1 was MSAL's cache alone, without a number. */
const UPDATES: readonly FormUpdate[] = [({ cache = '' }) => ({ cache })];

/** `undefined` when it can't be read, or a newer plugin wrote it. */
export function readStoredSignIn(secret: string): StoredSignIn | undefined {
  const stored = parsed(secret);
  if (!stored) return undefined;
  const reading = updateStoredForm('form' in stored ? stored : { form: 1, cache: secret }, UPDATES);
  if (reading.kind !== 'current') return undefined;
  const { cache, renewedAt } = reading.value;
  if (typeof cache !== 'string' || !parsed(cache)) return undefined;
  return { cache, renewedAt: typeof renewedAt === 'number' ? renewedAt : undefined };
}

/** The secret's text. */
export function writeStoredSignIn({ cache, renewedAt }: StoredSignIn): string {
  return JSON.stringify(toStoredForm({ cache, ...(renewedAt !== undefined && { renewedAt }) }, UPDATES));
}

function parsed(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}
