import { completed, type ImapCommand } from '../command.js';

/** News are told after every command. */
export const noop: ImapCommand = {
  name: 'NOOP',
  allowed: 'any',
  run: (_session, args) => {
    args.end();
    return completed('NOOP');
  },
};

/** A checkpoint; there is nothing to do, since every change is stored at once. */
export const check: ImapCommand = { ...noop, name: 'CHECK', allowed: 'selected', run: () => completed('CHECK') };
