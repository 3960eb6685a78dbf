import { messagePart, multipart, textPart, writeMessage } from '../mime-writer.js';
import { orthodontist } from '../practice-talk.js';
import type { MessageKind } from '../writing.js';
import { question } from './everyday.js';

/** A patient comes back to an earlier message of theirs that the practice has answered in the meantime. */
export const followUp: MessageKind = (writing) => {
  const { random } = writing;
  if (writing.earlier.length === 0) return question(writing);
  const before = random.pick(writing.earlier.slice(-20));
  const { from } = before;
  const answerId = writing.newMessageId(writing.practice);
  const references = [...before.references, before.messageId, answerId];
  const messageId = writing.newMessageId(from);
  const subject = before.subject.startsWith('Re: ') ? before.subject : `Re: ${before.subject}`;
  const words = random.pick(['Perfect, thank you!', 'That works for me.', 'Sorry, could we make it a little later?']);
  const text = `${words}\n\n${from.name}\n\nOn ${new Date(before.at).toUTCString()}, ${writing.practice.name} wrote:\n> Thank you for your message. Would ten o'clock suit you?\n>\n${quoted(before.text)}`;
  const content = textPart(text, { charset: 'utf-8', encoding: 'quoted-printable' });
  const extra = [`In-Reply-To: ${answerId}`, `References: ${references.join('\r\n ')}`];
  const raw = writeMessage(writing.header({ from, subject, messageId, extra }), content);
  writing.earlier.push({ from, subject, messageId, references, text, raw, at: writing.at });
  return raw;
};

function quoted(text: string): string {
  return text
    .split('\n')
    .map((line) => `> > ${line}`)
    .join('\n');
}

/** An earlier message as an attachment of another. */
export const forwarded: MessageKind = (writing) => {
  const inner = writing.earlier.at(-1)?.raw ?? question(writing);
  const note = textPart('FYI: this came to us by mistake.', { charset: 'us-ascii', encoding: '7bit' });
  const content = multipart('mixed', [note, messagePart(inner)], writing.random);
  return writeMessage(writing.header({ from: orthodontist, subject: 'Fwd: meant for you' }), content);
};
