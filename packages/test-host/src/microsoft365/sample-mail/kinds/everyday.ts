import { fits } from '../charset-encoder.js';
import { languages } from '../languages.js';
import { textPart, writeMessage, type TransferEncoding } from '../mime-writer.js';
import { businessMail, patientMail } from '../practice-talk.js';
import type { MessageKind, Writing } from '../writing.js';

/** A patient's question in plain English; others may answer to it later. */
export const question: MessageKind = (writing) => {
  const from = writing.patient();
  const { subject, text } = patientMail(writing.random, from.name);
  const messageId = writing.newMessageId(from);
  const content = textPart(text, { charset: 'utf-8', encoding: 'quoted-printable' });
  const raw = writeMessage(writing.header({ from, subject, messageId }), content);
  writing.earlier.push({ from, subject, messageId, references: [], text, raw, at: writing.at });
  return raw;
};

/** A laboratory, an insurer or a colleague, in 7-bit ASCII as it always was. */
export const business: MessageKind = (writing) => {
  const { from, subject, text } = businessMail(writing.random);
  const ascii = textPart(text, fits(text, 'us-ascii') ? SEVEN_BIT : { charset: 'iso-8859-1', encoding: '8bit' });
  return writeMessage(writing.header({ from, subject }), ascii);
};

const SEVEN_BIT = { charset: 'us-ascii', encoding: '7bit' } as const;

/** A patient who writes in another language, in one of its charsets. */
export const otherLanguage: MessageKind = (writing) => {
  const { random } = writing;
  const { language, from } = speaker(writing);
  const charset = random.pick(language.charsets);
  const encoding = random.pick<TransferEncoding>(
    charset === 'iso-2022-jp' ? ['7bit', 'base64'] : ['base64', 'quoted-printable', '8bit'],
  );
  const content = textPart(random.pick(language.bodies), { charset, encoding });
  return writeMessage(writing.header({ from, subject: random.pick(language.subjects), charset }), content);
};

/** A language, and a patient who speaks it; in another cast than the sample's anybody does. */
export function speaker(writing: Writing) {
  const language = writing.random.pick(languages);
  const from = writing.patients.find(({ id }) => language.patients.includes(id)) ?? writing.patient();
  return { language, from };
}

/** Text that the reader's window breaks, RFC 3676. */
export const flowed: MessageKind = (writing) => {
  const from = writing.patient();
  const text = `Hello,\n\nI would like to ask whether the new toothpaste that you recommended \nis right for sensitive teeth, because since I use it cold drinks hurt \nless in the morning but more in the evening.\n\n> last time you wrote that this would \n> pass within a week\n\nBest wishes\n${from.name}\n-- \nSent from my tablet`;
  const parameters = writing.random.pick([['format=flowed'], ['format=flowed', 'delsp=yes']]);
  const content = textPart(text, { charset: 'utf-8', encoding: '8bit', parameters });
  return writeMessage(writing.header({ from, subject: 'A question about toothpaste' }), content);
};

/** Smileys and a subject that takes several encoded words. */
export const emoji: MessageKind = (writing) => {
  const from = writing.patient();
  const subject = '🦷✨ Thank you 👩🏽‍⚕️ for the lovely new smile — the whole family 👨‍👩‍👧‍👦 is jealous 😁';
  const content = textPart(`${subject}\n\n${from.name} 🙏`, { charset: 'utf-8', encoding: 'base64' });
  return writeMessage(writing.header({ from, subject }), content);
};
