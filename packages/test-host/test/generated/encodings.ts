import type { Dice } from './transport.js';

/** Base64 in lines of some length. */
export function encodeBase64(bytes: Buffer, dice: Dice): string {
  const length = dice.pick([76, 60, 4, 71]);
  return bytes.toString('base64').replace(new RegExp(`.{${String(length)}}`, 'g'), '$&\n');
}

/** Quoted-printable of text whose line ends are CRLF; what needs no escape has one now and then. */
export function encodeQuotedPrintable(bytes: Buffer, dice: Dice): string {
  const lines = bytes.toString('latin1').split('\r\n');
  return lines.map((line) => quotedLine(line, dice)).join('\n');
}

function quotedLine(line: string, dice: Dice): string {
  let written = '';
  let width = 0;
  for (const [index, character] of Array.from(line).entries()) {
    const isPlain = /[!-<>-~]/.test(character) || (/[ \t]/.test(character) && index < line.length - 1);
    const escaped = `=${character.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`;
    const piece = isPlain && !dice.isLucky ? character : dice.isLucky ? escaped.toLowerCase() : escaped;
    if (width + piece.length > 70) {
      written += '=\n';
      width = 0;
    }
    written += piece;
    width += piece.length;
  }
  return written;
}

/** RFC 2047, in one word or in several. */
export function encodedWords(text: string, dice: Dice): string {
  if (text === '') return '';
  const characters = Array.from(text);
  const length = dice.pick([characters.length, 10, 5]);
  const words: string[] = [];
  for (let from = 0; from < characters.length; from += length) {
    words.push(encodedWord(Buffer.from(characters.slice(from, from + length).join('')), dice));
  }
  return words.join(dice.pick([' ', '\n ', '  ']));
}

function encodedWord(bytes: Buffer, dice: Dice): string {
  if (dice.isLucky) return `=?UTF-8?b?${bytes.toString('base64')}?=`;
  const escaped = Array.from(bytes, (byte) => `=${byte.toString(16).padStart(2, '0').toUpperCase()}`);
  return `=?utf-8?Q?${escaped.join('').replaceAll('=20', '_')}?=`;
}
