import type { ImapCommand } from './command.js';
import { append } from './commands/append.js';
import { authenticate } from './commands/authenticate.js';
import { capability } from './commands/capability.js';
import { close, unselect } from './commands/close.js';
import { copy, uidCopy } from './commands/copy.js';
import { expunge, uidExpunge } from './commands/expunge.js';
import { fetch, uidFetch } from './commands/fetch.js';
import { id } from './commands/id.js';
import { idle } from './commands/idle.js';
import { list, lsub } from './commands/list.js';
import { login } from './commands/login.js';
import { logout } from './commands/logout.js';
import { move, uidMove } from './commands/move.js';
import { namespace } from './commands/namespace.js';
import { check, noop } from './commands/noop.js';
import { search, uidSearch } from './commands/search.js';
import { examine, select } from './commands/select.js';
import { status } from './commands/status.js';
import { store, uidStore } from './commands/store.js';

const commands: readonly ImapCommand[] = [
  append,
  authenticate,
  capability,
  check,
  close,
  copy,
  examine,
  expunge,
  fetch,
  id,
  idle,
  list,
  login,
  logout,
  lsub,
  move,
  namespace,
  noop,
  search,
  select,
  status,
  store,
  uidCopy,
  uidExpunge,
  uidFetch,
  uidMove,
  uidSearch,
  uidStore,
  unselect,
];

/** The command of that name, in upper case; `undefined` = there is none. */
export function findCommand(name: string): ImapCommand | undefined {
  return commands.find((command) => command.name === name);
}
