import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { FailureError } from '@exact/host-contracts';

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
/** NIST SP 800-38D section 8.2.2: 96 random bits. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts secrets at rest with AES-256-GCM under a key in a file of its own: what Windows' DPAPI does for the real host.
 * A sealed secret is nonce, tag and cipher text, bound to its name.
 */
export class SecretBox {
  readonly #key: Buffer;

  /** Makes the key file, readable by its owner alone, when there is none. @throws Error when it holds no key */
  constructor(keyFile: string) {
    this.#key = readKey(keyFile) ?? makeKey(keyFile);
  }

  seal(name: string, secret: string): Uint8Array {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.#key, nonce, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(name));
    const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
  }

  /** @throws FailureError `secret.unreadable` when it was sealed under another key or name, or is damaged */
  open(name: string, sealed: Uint8Array): string {
    try {
      const options = { authTagLength: TAG_BYTES };
      const decipher = createDecipheriv(ALGORITHM, this.#key, sealed.subarray(0, NONCE_BYTES), options)
        .setAAD(Buffer.from(name))
        .setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      const secret = [decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()];
      return Buffer.concat(secret).toString('utf8');
    } catch (cause) {
      throw unreadable(cause);
    }
  }
}

function readKey(keyFile: string): Buffer | undefined {
  try {
    const key = Buffer.from(readFileSync(keyFile, 'utf8').trim(), 'base64');
    if (key.length !== KEY_BYTES) throw new Error(`${keyFile} does not hold a key of ${KEY_BYTES} bytes`);
    return key;
  } catch (error) {
    if (Error.isError(error) && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function makeKey(keyFile: string): Buffer {
  const key = randomBytes(KEY_BYTES);
  const file = openSync(keyFile, 'wx', 0o600);
  try {
    writeSync(file, `${key.toString('base64')}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  return key;
}

function unreadable(cause: unknown): FailureError {
  return new FailureError(
    {
      code: 'secret.unreadable',
      sentence: "EXACT can't read the stored sign-in.",
      fixedBy: 'user',
      advice: 'Sign in again in Configure > Email and SMS Setup.',
      retry: { kind: 'after-sign-in' },
    },
    { cause },
  );
}
