import { fits } from '../charset-encoder.js';
import type { CastPatient } from '../../cast.js';
import { languages, type Language } from '../languages.js';
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
  const { language, charset } = writing.deal(SPOKEN);
  const encoding = writing.deal(charset === 'iso-2022-jp' ? SEVEN_BIT_SAFE : ENCODINGS);
  const content = textPart(writing.deal(language.bodies), { charset, encoding });
  const subject = writing.deal(language.subjects);
  return writeMessage(writing.header({ from: speaker(writing, language), subject, charset }), content);
};

const SPOKEN = languages.flatMap((language) => language.charsets.map((charset) => ({ language, charset })));
const ENCODINGS: readonly TransferEncoding[] = ['base64', 'quoted-printable', '8bit'];
const SEVEN_BIT_SAFE: readonly TransferEncoding[] = ['7bit', 'base64'];

/** A patient who speaks the language; in another cast than the sample's anybody does. */
export function speaker(writing: Writing, language: Language): CastPatient {
  return writing.patients.find(({ id }) => language.patients.includes(id)) ?? writing.patient();
}

/** Text that the reader's window breaks, RFC 3676. */
export const flowed: MessageKind = (writing) => {
  const from = writing.patient();
  const text = `Hello,\n\nI would like to ask whether the new toothpaste that you recommended \nis right for sensitive teeth, because since I use it cold drinks hurt \nless in the morning but more in the evening.\n\n> last time you wrote that this would \n> pass within a week\n\nBest wishes\n${from.name}\n-- \nSent from my tablet`;
  const parameters = writing.deal(FLOWED);
  const content = textPart(text, { charset: 'utf-8', encoding: '8bit', parameters });
  return writeMessage(writing.header({ from, subject: 'A question about toothpaste' }), content);
};

const FLOWED = [['format=flowed'], ['format=flowed', 'delsp=yes']] as const;

/** Smileys and a subject that takes several encoded words. */
export const emoji: MessageKind = (writing) => {
  const from = writing.patient();
  const subject = '🦷✨ Thank you 👩🏽‍⚕️ for the lovely new smile — the whole family 👨‍👩‍👧‍👦 is jealous 😁';
  const content = textPart(`${subject}\n\n${from.name} 🙏`, { charset: 'utf-8', encoding: 'base64' });
  return writeMessage(writing.header({ from, subject }), content);
};
