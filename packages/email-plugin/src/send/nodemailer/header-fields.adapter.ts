import type { Address } from '@exact/host-contracts';
import { encodeWord } from 'nodemailer/lib/mime-funcs';
import { isInternational, wireAddress } from '../wire-address.js';

/** With encoded words (RFC 2047 section 2); others may be two longer. */
const LINE_LENGTH = 76;
/** What stands unencoded without a blank; a longer one could not be folded. */
const PLAIN_LENGTH = 60;
/** Leaves room for the name of the field. */
const ENCODED_WORD_LENGTH = 60;
/** Whoever reads the References of a long thread needs its beginning and its end (RFC 5322 section 3.6.4). */
const REFERENCES_LIMIT = 50;
const MESSAGE_ID = /<[!-;=?-~]{1,900}>/g;

/** What a program wrote for programs, in 7 bits. */
export function plainField(name: string, value: string): string {
  return folded(name, value.split(' '));
}

/** A value with parameters in 7 bits (RFC 2045 section 5.1, RFC 2231), folded before a parameter. */
export function parameterField(name: string, value: string): string {
  return folded(name, value.split(/(?<=;) (?=[\w*]+=)/));
}

/** Subject and the like: text of every script (RFC 5322 section 2.2.1, RFC 2047). */
export function textField(name: string, text: string): string {
  const line = oneLine(text);
  const isPlain = /^[\x20-\x7e]*$/.test(line) && !line.includes('=?') && hasShortWords(line);
  return folded(name, isPlain ? line.split(' ') : encodedWords(line));
}

/** From, To, Cc (RFC 5322 section 3.4). */
export function addressField(name: string, addresses: readonly Address[]): string {
  const last = addresses.length - 1;
  return folded(
    name,
    addresses.flatMap((address, position) => {
      const words = addressWords(address);
      return position === last ? words : [...words.slice(0, -1), `${words.at(-1) ?? ''},`];
    }),
  );
}

/** In-Reply-To, References (RFC 5322 section 3.6.4): only what is a Message-ID in 7 bits, each once, folded. */
export function messageIdField(name: string, texts: readonly string[]): string {
  const ids = [...new Set(texts.flatMap((text) => text.match(MESSAGE_ID) ?? []))];
  return folded(name, ids.length <= REFERENCES_LIMIT ? ids : [...ids.slice(0, 1), ...ids.slice(1 - REFERENCES_LIMIT)]);
}

/** A header is one line: nothing that somebody typed begins another one, and no fold leaves an empty line. */
export function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc} \u2028\u2029]+/gu, ' ')
    .trim();
}

/**
 * All of the message is in 7 bits, so that one recipient's address does not keep it from the servers of the others: what
 * can't be written so is named as a group without members (RFC 6857 section 3.1.8), and told only to the server.
 */
function addressWords({ address, name = '' }: Address): readonly string[] {
  const wire = wireAddress(address);
  const label = oneLine(name);
  if (wire === undefined || isInternational(wire)) return [...phrase(label === '' ? oneLine(address) : label), ':;'];
  return label === '' ? [wire.startsWith('"') ? `<${wire}>` : wire] : [...phrase(label), `<${wire}>`];
}

/** RFC 5322 section 3.2.5. Nothing that looks like an encoded word stands in quotes, because many programs decode it there. */
function phrase(label: string): readonly string[] {
  if (/^[A-Za-z\d ]+$/.test(label) && hasShortWords(label)) return label.split(' ');
  const isQuotable = /^[\x20-\x7e]+$/.test(label) && label.length <= PLAIN_LENGTH && !label.includes('=?');
  return isQuotable ? [`"${label.replace(/["\\]/g, '\\$&')}"`] : encodedWords(label);
}

function hasShortWords(line: string): boolean {
  return line.split(' ').every((word) => word.length <= PLAIN_LENGTH);
}

function encodedWords(line: string): readonly string[] {
  const isMostlyLatin = line.replace(/[^\x20-\x7e]/g, '').length > line.length / 2;
  return encodeWord(line, isMostlyLatin ? 'Q' : 'B', ENCODED_WORD_LENGTH).split(' ');
}

/** The field with a line end before each word that would make its line too long; nothing when there are no words. */
function folded(name: string, words: readonly string[]): string {
  const lines = [`${name}:`];
  for (const word of words) {
    const line = lines.at(-1) ?? '';
    if (line.length + 1 + word.length <= LINE_LENGTH || line === `${name}:`) lines.splice(-1, 1, `${line} ${word}`);
    else lines.push(` ${word}`);
  }
  return words.join('') === '' ? '' : `${lines.join('\r\n')}\r\n`;
}
