import type { Arguments } from '../arguments.js';
import { completed, type Completion, type ImapCommand } from '../command.js';
import { fetchItems, type FetchItem } from '../fetch-items.js';
import { fetchReply } from '../fetch-reply.js';
import type { ImapSession } from '../imap-session.js';
import type { NumberedMessage } from '../selected-folder.js';

async function answer(session: ImapSession, args: Arguments, by: 'number' | 'uid'): Promise<Completion> {
  const messages = session.selected.matching(args.atom(), by);
  const items = fetchItems(args);
  args.end();
  const asked: readonly FetchItem[] =
    by === 'uid' && !items.some(({ kind }) => kind === 'UID') ? [UID, ...items] : items;
  const { withheldUids = [], stubbedUids = [] } = session.services.situations.of(session.mailbox.address);
  const isContent = items.some(({ kind }) => kind === 'SECTION');
  for (const each of messages) {
    if (isContent && withheldUids.includes(each.message.uid)) continue;
    const isStub = isContent && stubbedUids.includes(each.message.uid);
    const shown = isStub ? stubOf(each) : markSeen(session, each, asked);
    const isNewlySeen = shown !== each && !asked.some(({ kind }) => kind === 'FLAGS');
    const reply = fetchReply(shown.message, isNewlySeen ? [...asked, FLAGS] : asked);
    await session.write(Buffer.concat([Buffer.from(`* ${each.number.toString()} FETCH `), reply, Buffer.from('\r\n')]));
  }
  return completed('FETCH');
}

/** What Exchange gives in place of a message that it can't convert. */
function stubOf({ number, message }: NumberedMessage): NumberedMessage {
  const stub = Buffer.from(
    'From: Microsoft Exchange Server\r\nTo: reception@brightsmile.example\r\n' +
      `Subject: Retrieval using the IMAP4 protocol failed for the following message:\r\n ${message.uid.toString()}\r\n` +
      'MIME-Version: 1.0\r\nContent-Type: text/plain; charset="iso-8859-1"\r\n' +
      'Content-Transfer-Encoding: quoted-printable\r\n\r\n' +
      "The server couldn't retrieve the following message. The message hasn't been deleted.\r\n",
  );
  return { number, message: { ...message, raw: () => stub } };
}

const UID: FetchItem = { kind: 'UID' };
const FLAGS: FetchItem = { kind: 'FLAGS' };

/** A message whose content was fetched without PEEK counts as read (RFC 9051 section 6.4.5). */
function markSeen({ selected }: ImapSession, numbered: NumberedMessage, items: readonly FetchItem[]): NumberedMessage {
  const { number, message } = numbered;
  const isRead = items.some((item) => item.kind === 'SECTION' && !item.isPeek);
  if (!isRead || selected.isReadOnly || message.flags.has('\\Seen')) return numbered;
  const changed = selected.folder.changeFlags(message.uid, new Set([...message.flags, '\\Seen']));
  if (changed === undefined) return numbered;
  selected.knowsFlags(changed);
  return { number, message: changed };
}

export const fetch: ImapCommand = {
  name: 'FETCH',
  allowed: 'selected',
  keepsNumbers: true,
  run: (session, args) => answer(session, args, 'number'),
};

export const uidFetch: ImapCommand = {
  name: 'UID FETCH',
  allowed: 'selected',
  run: (session, args) => answer(session, args, 'uid'),
};
