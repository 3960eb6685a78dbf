import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FolderStorage, StoredFolder } from './folder-storage.js';
import { messageFileName, parseMessageFileName, type MessageFileName } from './message-file-name.js';
import type { StoredMessage } from './stored-message.js';

const UID_NEXT = 'uid-next';
/** At the end of the name of what is not finished yet. */
const HALF = '.half';

/**
 * Keeps a folder as files: `<directory>/<UIDVALIDITY>/<UID>….eml`. Every change ends in one rename or removal, so a kill
 * at any moment leaves the folder as before or as after.
 */
export function directoryStorage(directory: string): FolderStorage {
  let current = directory;
  const place = (file: MessageFileName) => join(current, messageFileName(file));
  return {
    open: (uidValidity) => {
      mkdirSync(directory, { recursive: true });
      const present = newest(directory) ?? begin(directory, uidValidity);
      current = join(directory, present.toString());
      removeLeftovers(directory, present.toString());
      return { uidValidity: present, ...read(current) };
    },
    add: (uid, { raw, internalDate, flags }) => {
      const file = { uid, internalDate, flags: new Set(flags) };
      const path = place(file);
      replaceFile(path, raw);
      return stored(path, file, raw.length);
    },
    changeFlags: (message, flags) => {
      const changed = { uid: message.uid, internalDate: message.internalDate, flags };
      renameSync(place(message), place(changed));
      return stored(place(changed), changed, message.size);
    },
    remove: (messages, uidNext) => {
      replaceFile(join(current, UID_NEXT), uidNext.toString());
      for (const message of messages) rmSync(place(message));
    },
    renumber: (uidValidity, messages) => {
      const before = current;
      const files = messages.map((message, index) => ({ message, file: { ...nameOf(message), uid: index + 1 } }));
      const next = build(directory, uidValidity, (half) => {
        for (const { message, file } of files) linkSync(place(message), join(half, messageFileName(file)));
      });
      current = next;
      rmSync(before, { recursive: true });
      return files.map(({ message, file }) => stored(place(file), file, message.size));
    },
  };
}

function nameOf({ uid, internalDate, flags }: StoredMessage): MessageFileName {
  return { uid, internalDate, flags };
}

/** The highest UIDVALIDITY that is there whole; a kill in the middle of renumbering leaves the older one beside it. */
function newest(directory: string): number | undefined {
  const complete = readdirSync(directory).filter((name) => /^\d+$/.test(name));
  return complete.length === 0 ? undefined : Math.max(...complete.map(Number));
}

/** What a kill left half done, and the folder's older numbering. */
function removeLeftovers(directory: string, current: string): void {
  for (const name of readdirSync(directory)) {
    if (name !== current) rmSync(join(directory, name), { recursive: true });
  }
  const halves = readdirSync(join(directory, current)).filter((name) => name.endsWith(HALF));
  for (const name of halves) rmSync(join(directory, current, name));
}

function begin(directory: string, uidValidity: number): number {
  build(directory, uidValidity, () => undefined);
  return uidValidity;
}

function build(directory: string, uidValidity: number, fill: (half: string) => void): string {
  const whole = join(directory, uidValidity.toString());
  const half = whole + HALF;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { recursive: true });
  fill(half);
  renameSync(half, whole);
  return whole;
}

function read(current: string): Omit<StoredFolder, 'uidValidity'> {
  const names = readdirSync(current);
  const messages = names
    .flatMap((name) => {
      const file = parseMessageFileName(name);
      const path = join(current, name);
      return file === undefined ? [] : [stored(path, file, statSync(path).size)];
    })
    .sort((a, b) => a.uid - b.uid);
  const remembered = names.includes(UID_NEXT) ? Number(readFileSync(join(current, UID_NEXT), 'utf8')) : 1;
  return { messages, uidNext: Math.max(remembered, (messages.at(-1)?.uid ?? 0) + 1) };
}

function stored(path: string, file: MessageFileName, size: number): StoredMessage {
  return { ...file, size, raw: () => readFileSync(path) };
}

function replaceFile(path: string, content: Uint8Array | string): void {
  const half = path + HALF;
  writeFileSync(half, content);
  renameSync(half, path);
}
