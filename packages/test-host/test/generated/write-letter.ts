import type { Letter, LetterPart, Person } from './letter.js';
import { encodeBase64, encodeQuotedPrintable, encodedWords } from './encodings.js';
import { Dice, type Transport } from './transport.js';

/** A letter as bytes. Line ends are `\n` until the very end; bytes are Latin-1 throughout. */
export function writeLetter(letter: Letter, transport: Transport): Buffer {
  const dice = new Dice(transport.dice);
  const fromLine = transport.hasFromLine ? 'From alice@patients.example Mon Nov 23 09:00:00 2026\n' : '';
  const message = new LetterWriter(dice).message(letter, transport.traces);
  return Buffer.from((fromLine + message).replaceAll('\n', transport.lineEnd), 'latin1');
}

class LetterWriter {
  private boundaries = 0;

  constructor(private readonly dice: Dice) {}

  message(letter: Letter, traces: readonly string[] = []): string {
    const { messageId, date, from, to, cc, subject, references, parts } = letter;
    const fields = [
      ...(messageId === undefined ? [] : [`Message-ID: ${messageId}`]),
      ...(date === undefined ? [] : [`Date: ${this.date(date)}`]),
      `From: ${this.person(from)}`,
      ...(to.length === 0 ? this.nobody() : [`To: ${this.people(to)}`]),
      ...(cc.length === 0 ? [] : [`Cc: ${this.people(cc)}`]),
      ...(subject === '' && this.dice.isLucky ? [] : [`Subject: ${this.words(subject)}`]),
      ...(references.length === 0 ? [] : [`References: ${references.join(this.dice.pick([' ', '\n\t', '']))}`]),
    ];
    const header = [...traces, ...fields].map((field) => this.folded(this.inOtherCase(field)));
    const isBare = parts.length === 1 && this.dice.isLucky;
    const content = isBare && parts[0] ? this.part(parts[0]) : this.multipart(parts);
    return `${header.join('\n')}\n${content}`;
  }

  /** Header and body of a multipart with these parts, perhaps in one more. */
  private multipart(parts: readonly LetterPart[]): string {
    this.boundaries += 1;
    const boundary = `${this.dice.pick(['b', '=_x ', '----=_NextPart_'])}${String(this.boundaries)}`;
    const subtype = this.dice.pick(['mixed', 'alternative', 'related', 'x-odd']);
    const inner =
      this.dice.isLucky && this.boundaries < 20 ? [this.multipart(parts)] : parts.map((part) => this.part(part));
    const preamble = this.dice.isLucky ? 'This is a message in MIME format.\n' : '';
    const epilogue = this.dice.isLucky ? '\nThe end.\n' : '\n';
    return (
      `${this.inOtherCase('Content-Type')}: multipart/${subtype};${this.dice.pick([' ', '\n\t', ''])}boundary="${boundary}"\n\n` +
      `${preamble}${inner.map((part) => `--${boundary}\n${part}\n`).join('')}--${boundary}--${epilogue}`
    );
  }

  private part(part: LetterPart): string {
    switch (part.kind) {
      case 'text':
        return this.text(part.subtype, part.text);
      case 'file':
        return this.file(part.name, part.type, part.content);
      case 'letter':
        return `Content-Type: ${this.dice.pick(['message/rfc822', 'Message/RFC822'])}\n\n${this.message(part.letter)}`;
    }
  }

  private text(subtype: string, text: string): string {
    const content = subtype === 'html' ? this.page(text) : text;
    const padded = `${this.dice.isLucky ? '\n' : ''}${content}${this.dice.isLucky ? ' \n\n' : ''}`;
    const { charset, bytes } = this.encoded(padded);
    const type = `${this.dice.pick(['text', 'TEXT', 'Text'])}/${subtype};${this.dice.pick([' ', '\n '])}charset=${charset}`;
    return `Content-Type: ${type}\n${this.body(bytes, charset !== '"utf-16le"')}`;
  }

  /** What Exchange writes into the head of a page when it changes its charset. */
  private page(html: string): string {
    const meta = '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">\n';
    return `<html><head>${this.dice.isLucky ? meta : ''}<title>x</title>${html}`;
  }

  private encoded(text: string): { readonly charset: string; readonly bytes: Buffer } {
    const isLatin = !/[^\0-\x7f\xa0-\xff]/.test(text);
    const charset = this.dice.pick(['utf-8', isLatin ? 'iso-8859-1' : 'UTF-8', '"utf-16le"']);
    const encoding = { 'iso-8859-1': 'latin1', '"utf-16le"': 'utf16le' } as const;
    const lines = text.replaceAll('\n', '\r\n');
    return {
      charset,
      bytes: Buffer.from(lines, charset in encoding ? encoding[charset as keyof typeof encoding] : 'utf8'),
    };
  }

  private file(name: string, type: string, content: Uint8Array): string {
    const header =
      name === ''
        ? `Content-Type: ${type}`
        : this.dice.pick([
            `Content-Type: ${type}; name="${encodedWords(name, this.dice)}"`,
            `Content-Type: ${type}\nContent-Disposition: attachment;\n filename*=utf-8''${extendedValue(name)}`,
          ]);
    return `${header}\n${this.body(Buffer.from(content), false)}`;
  }

  /** The transfer encoding and the bytes in it. Only of text do line ends not matter. */
  private body(bytes: Buffer, isText: boolean): string {
    const raw = bytes.toString('latin1');
    const mayStandAsIs = isText && !/--|^From |\r(?!\n)|(?<!\r)\n/m.test(raw);
    switch (this.dice.pick(['base64', isText ? 'quoted-printable' : 'base64', mayStandAsIs ? '8bit' : 'base64'])) {
      case '8bit':
        return `${this.dice.isLucky ? '' : 'Content-Transfer-Encoding: 8bit\n'}\n${raw.replaceAll('\r\n', '\n')}`;
      case 'quoted-printable':
        return `Content-Transfer-Encoding: Quoted-Printable\n\n${encodeQuotedPrintable(bytes, this.dice)}`;
      default:
        return `content-transfer-encoding: BASE64\n\n${encodeBase64(bytes, this.dice)}`;
    }
  }

  private nobody(): readonly string[] {
    return this.dice.isLucky ? ['To: undisclosed-recipients:;'] : [];
  }

  private people(people: readonly Person[]): string {
    return people.map((person) => this.person(person)).join(this.dice.pick([', ', ',\n\t', ',']));
  }

  private person({ name, address }: Person): string {
    if (name === '') return this.dice.pick([address, `<${address}>`, `"${address}" <${address}>`]);
    const isAscii = !/[^\0-\x7f]/.test(name);
    return `${isAscii ? this.dice.pick([`"${name}"`, encodedWords(name, this.dice)]) : this.words(name)} <${address}>`;
  }

  /** Encoded words, or the bytes of UTF-8 as some programs send them. */
  private words(text: string): string {
    return this.dice.isLucky ? encodedWords(text, this.dice) : Buffer.from(text).toString('latin1');
  }

  private date(at: number): string {
    const hours = this.dice.pick([0, 1, -5]);
    const [, day = '', month = '', year = '', time = ''] = new Date(at + hours * 3_600_000).toUTCString().split(/,? /);
    const zone = hours === 0 ? this.dice.pick(['+0000', 'GMT', '+0000 (UTC)']) : hours === 1 ? '+0100' : '-0500 (EST)';
    return `${this.dice.pick(['', 'Mon, '])}${this.dice.isLucky ? String(Number(day)) : day} ${month} ${year} ${time} ${zone}`;
  }

  private folded(field: string): string {
    return this.dice.isLucky ? field.replace(/(?<!\n)(?<=: .*) (?! )/, this.dice.pick(['\n ', '\n\t', '  '])) : field;
  }

  private inOtherCase(field: string): string {
    const [name = '', ...rest] = field.split(':');
    return [this.dice.pick([name, name.toLowerCase(), name.toUpperCase()]), ...rest].join(':');
  }
}

/** RFC 8187. */
function extendedValue(text: string): string {
  return encodeURIComponent(text).replace(/['()*]/g, (each) => `%${each.charCodeAt(0).toString(16)}`);
}
