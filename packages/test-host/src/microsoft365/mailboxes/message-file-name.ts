import { MESSAGE_FLAGS, type MessageFlag } from './stored-message.js';

/** What the name of a message's file says, so that the file itself is the message byte for byte. */
export interface MessageFileName {
  readonly uid: number;
  /** Epoch milliseconds, whole seconds. */
  readonly internalDate: number;
  readonly flags: ReadonlySet<MessageFlag>;
}

/** One letter a flag, as Maildir has them. */
const LETTERS: readonly (readonly [MessageFlag, string])[] = MESSAGE_FLAGS.map((flag) => [
  flag,
  { '\\Seen': 'S', '\\Answered': 'R', '\\Flagged': 'F', '\\Deleted': 'T', '\\Draft': 'D', $MDNSent: 'M' }[flag],
]);

/** `<UID>.<INTERNALDATE in seconds>.<letters of the flags>.eml`, e.g. `0000000012.1763900000.RS.eml`. */
export function messageFileName({ uid, internalDate, flags }: MessageFileName): string {
  const letters = LETTERS.filter(([flag]) => flags.has(flag)).map(([, letter]) => letter);
  const seconds = Math.floor(internalDate / 1000).toString();
  return `${uid.toString().padStart(10, '0')}.${seconds}.${letters.sort().join('')}.eml`;
}

/** `undefined` = no message: a file that a kill left half written. */
export function parseMessageFileName(name: string): MessageFileName | undefined {
  const [, uid, seconds, letters] = /^(\d{10})\.(-?\d+)\.([A-Z]*)\.eml$/.exec(name) ?? [];
  if (uid === undefined || seconds === undefined || letters === undefined) return undefined;
  const flags = LETTERS.filter(([, letter]) => letters.includes(letter)).map(([flag]) => flag);
  return { uid: Number(uid), internalDate: Number(seconds) * 1000, flags: new Set(flags) };
}
