import type { GeneratedMessage } from '../../src/microsoft365/sample-mail/generate-mailbox.js';
import { deck } from '../../src/microsoft365/sample-mail/kinds/deck.js';
import { filePart, multipart, textPart, writeMessage } from '../../src/microsoft365/sample-mail/mime-writer.js';
import { Random } from '../../src/microsoft365/sample-mail/random.js';
import { Writing } from '../../src/microsoft365/sample-mail/writing.js';
import { sampleCast } from '../../src/microsoft365/cast.js';

const MINUTE_MS = 60_000;
const START = Date.UTC(2025, 0, 6, 8);
/** Bytes of an ordinary message's HTML, and of a file: the middle of a log-normal distribution, and its spread. */
const HTML = { median: 8_000, sigma: 0.9 };
const FILE = { median: 230_000, sigma: 1 };
const WORDS =
  'appointment tomorrow morning the crown root canal please call us back insurance letter thank you very much'.split(
    ' ',
  );

/**
 * A practice's mailbox of years: half its median of 13 KB is what transport adds, one message in ten carries a file, one in
 * four is of the sample mail's odd kinds. 20,000 of them are 1.4 GB. With another seed there are others.
 */
export function* bigMailbox(count: number, seed = 20_000): Generator<GeneratedMessage, void, undefined> {
  const random = new Random(seed);
  const writing = writingOf(random);
  for (let index = 0; index < count; index += 1) {
    writing.at = START + index * MINUTE_MS;
    const kind = deck[index % deck.length];
    const isOdd = index % 4 === 0 && kind !== undefined;
    const raw = isOdd ? kind(writing) : ordinary(writing, index % 10 === 1);
    yield { raw: Buffer.concat([transport(random), raw]), internalDate: writing.at };
  }
}

/** A message with one file, of about so many bytes. */
export function largeMessage(bytes: number): GeneratedMessage {
  const writing = writingOf(new Random(150));
  writing.at = START;
  const { random } = writing;
  const content = random.bytes(Math.round(bytes * 0.73));
  const header = writing.header({ from: writing.patient(), subject: 'All pictures of the last years' });
  return {
    raw: writeMessage(header, filePart({ name: 'pictures.zip', type: 'application/zip', content })),
    internalDate: START,
  };
}

function writingOf(random: Random): Writing {
  return new Writing(
    random,
    { name: 'Bright Smile Reception', address: 'reception@brightsmile.example' },
    sampleCast.patients,
  );
}

function ordinary(writing: Writing, hasFile: boolean): Buffer {
  const { random } = writing;
  const from = writing.patient();
  const text = sentence(random, 60);
  const html = `<html><body>${paragraphs(random, logNormal(random, HTML))}</body></html>`;
  const body = multipart(
    'alternative',
    [
      textPart(text, { charset: 'utf-8', encoding: 'quoted-printable' }),
      textPart(html, { charset: 'utf-8', encoding: 'quoted-printable', subtype: 'html' }),
    ],
    random,
  );
  const header = writing.header({ from, subject: sentence(random, 6) });
  if (!hasFile) return writeMessage(header, body);
  const content = random.bytes(logNormal(random, FILE));
  return writeMessage(
    header,
    multipart('mixed', [body, filePart({ name: 'x-ray.jpg', type: 'image/jpeg', content })], random),
  );
}

/** As much header as Exchange and the filters before it leave on each message: 4 to 6 KB. */
function transport(random: Random): Buffer {
  const lines = Array.from({ length: random.integer(16, 26) }, (_, line) => {
    const value = Array.from({ length: 3 }, () => `\r\n ${random.bytes(32).toString('hex')}`).join('');
    return `X-MS-Exchange-Transport-${line.toString()}:${value}\r\n`;
  });
  return Buffer.from(lines.join(''));
}

function paragraphs(random: Random, size: number): string {
  let html = '';
  while (html.length < size) html += `<p style="margin:0">${sentence(random, 30)}</p>\n`;
  return html;
}

function sentence(random: Random, words: number): string {
  return Array.from({ length: words }, () => random.pick(WORDS)).join(' ');
}

function logNormal(random: Random, { median, sigma }: { readonly median: number; readonly sigma: number }): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  return Math.round(median * Math.exp(sigma * normal));
}
