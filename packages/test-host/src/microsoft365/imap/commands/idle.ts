import { bad, completed, type ImapCommand } from '../command.js';

/** RFC 2177: tells the client of each change until it says DONE. */
export const idle: ImapCommand = {
  name: 'IDLE',
  allowed: 'signed-in',
  run: async (session, args) => {
    args.end();
    await session.continuation('IDLE accepted, awaiting DONE command.');
    const folder = session.state === 'selected' ? session.selected.folder : undefined;
    const subscription = folder?.onDidChange(() => {
      session.tellNewsSoon();
    });
    try {
      await session.tellNews(true);
      const line = await session.nextLine();
      return line?.trim().toUpperCase() === 'DONE' ? completed('IDLE') : bad('Command Error. 12');
    } finally {
      subscription?.dispose();
    }
  },
};
