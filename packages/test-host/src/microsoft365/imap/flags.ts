import { MESSAGE_FLAGS, type MessageFlag } from '../mailboxes/stored-message.js';
import type { Arguments } from './arguments.js';

/** A list of flags, or flags without parentheses up to the end. Those that Exchange does not keep are left out. */
export function readFlags(args: Arguments): ReadonlySet<MessageFlag> {
  const given = args.optionalList() ?? args;
  const flags = new Set<MessageFlag>();
  while (!given.isEmpty) {
    const written = given.atom().toLowerCase();
    const flag = MESSAGE_FLAGS.find((each) => each.toLowerCase() === written);
    if (flag !== undefined) flags.add(flag);
  }
  return flags;
}
