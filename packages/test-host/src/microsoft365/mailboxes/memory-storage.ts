import type { FolderStorage } from './folder-storage.js';
import type { MessageFlag, StoredMessage } from './stored-message.js';

/** Keeps nothing beyond the process. */
export function memoryStorage(): FolderStorage {
  return {
    open: (uidValidity) => ({ uidValidity, uidNext: 1, messages: [] }),
    add: (uid, message) => held(uid, message.internalDate, new Set(message.flags), Uint8Array.from(message.raw)),
    changeFlags: (message, flags) => held(message.uid, message.internalDate, flags, message.raw()),
    remove: () => undefined,
    renumber: (_uidValidity, messages) =>
      messages.map((message, index) => held(index + 1, message.internalDate, message.flags, message.raw())),
  };
}

function held(uid: number, internalDate: number, flags: ReadonlySet<MessageFlag>, raw: Uint8Array): StoredMessage {
  return { uid, internalDate, flags, size: raw.length, raw: () => raw };
}
