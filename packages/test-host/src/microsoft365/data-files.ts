import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { IdentityStateStore } from './identity/identity-state.js';

/** The identity provider's state as a file of the directory; replaced as a whole, so a kill does no harm. */
export function identityStateFile(directory: string): IdentityStateStore {
  const file = join(directory, 'identity.json');
  return {
    load: () => readText(file),
    save: (state) => replaceText(file, state),
  };
}

/**
 * Does a piece of work once in the life of a directory. `begin` undoes what an interrupted attempt left behind.
 *
 * @param name of the file that says that it was done
 */
export async function once(
  directory: string,
  name: string,
  steps: { readonly begin: () => Promise<void>; readonly work: () => void },
): Promise<void> {
  const done = join(directory, name);
  if ((await readText(done)) !== undefined) return;
  await steps.begin();
  steps.work();
  await replaceText(done, '');
}

export async function removeDirectory(directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true });
}

async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (Error.isError(error) && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

async function replaceText(file: string, text: string): Promise<void> {
  await mkdir(join(file, '..'), { recursive: true });
  const half = `${file}.half`;
  // It holds keys and refresh tokens: nobody else's business. Flushed, so that what was promised outlives a power cut.
  await writeFile(half, text, { mode: 0o600, flush: true });
  await rename(half, file);
}
