import { completed, type ImapCommand } from '../command.js';

/** Removes what is flagged as deleted, unless the folder was opened read-only. */
export const close: ImapCommand = {
  name: 'CLOSE',
  allowed: 'selected',
  run: (session, args) => {
    args.end();
    const { folder, isReadOnly } = session.selected;
    const deleted = folder.messages.filter(({ flags }) => flags.has('\\Deleted'));
    if (!isReadOnly) folder.remove(deleted.map(({ uid }) => uid));
    session.select(undefined);
    return completed('CLOSE');
  },
};

/** RFC 3691. */
export const unselect: ImapCommand = {
  name: 'UNSELECT',
  allowed: 'selected',
  run: (session, args) => {
    args.end();
    session.select(undefined);
    return completed('UNSELECT');
  },
};
