import { encodeWords } from '../encoded-words.js';
import { languages } from '../languages.js';
import { filePart, multipart, textPart, writeMessage, type Entity } from '../mime-writer.js';
import { patientMail, supplier } from '../practice-talk.js';
import type { Random } from '../random.js';
import { jpeg, png } from '../sample-files.js';
import type { MessageKind } from '../writing.js';
import { speaker } from './everyday.js';

function html(body: string, style = ''): Entity {
  const page = `<!DOCTYPE html>\n<html><head><meta charset="utf-8"><style>${style}</style></head>\n<body>${body}</body></html>\n`;
  return textPart(page, { subtype: 'html', charset: 'utf-8', encoding: 'quoted-printable' });
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\n', '<br>\n');
}

/** Advertising: remote pictures, a counting pixel, links, styles, and a script, a form and handlers that must not survive. */
export const newsletter: MessageKind = (writing) => {
  const issue = writing.random.integer(100, 999).toString();
  const body = `
<table width="600" style="font-family:Arial" background="https://cdn.dentasupply.example/bg.png"><tr><td>
<img src="https://cdn.dentasupply.example/banner-${issue}.jpg" alt="DentaSupply" width="600">
<h1 onclick="alert('clicked')">Composite week: 20&nbsp;% off</h1>
<p>Gloves, burs &amp; bibs. <a href="https://www.dentasupply.example/offers/${issue}?u=reception">See all offers</a></p>
<p><a href="javascript:alert('link')">Open in browser</a></p>
<form action="https://www.dentasupply.example/subscribe"><input name="email"><button>Subscribe</button></form>
<iframe src="https://www.dentasupply.example/video"></iframe>
<script>document.title = 'scripts run here';</script>
<img src="https://track.dentasupply.example/open?id=${issue}" width="1" height="1" onerror="alert('error')">
</td></tr></table>`;
  const header = writing.header({
    from: supplier,
    subject: `Composite week – offers no. ${issue}`,
    extra: ['List-Unsubscribe: <https://www.dentasupply.example/unsubscribe>', 'Precedence: bulk'],
  });
  return writeMessage(
    header,
    html(body, 'body{margin:0;background:#eef} @import url(https://cdn.dentasupply.example/x.css);'),
  );
};

/** Text and HTML of the same words, as most programs write. */
export const alternative: MessageKind = (writing) => {
  const from = writing.patient();
  const { subject, text } = patientMail(writing.random, from.name);
  const plain = textPart(text, { charset: 'utf-8', encoding: 'quoted-printable' });
  const content = multipart(
    'alternative',
    [plain, html(`<p>${escaped(text)}</p>`, 'p{font:11pt Calibri}')],
    writing.random,
  );
  return writeMessage(writing.header({ from, subject }), content);
};

/** The same from right to left, or in another script. */
export const alternativeInOtherLanguage: MessageKind = (writing) => {
  const language = writing.deal(languages);
  const text = writing.deal(language.bodies);
  const plain = textPart(text, { charset: 'utf-8', encoding: 'base64' });
  const content = multipart('alternative', [plain, html(`<div dir="auto">${escaped(text)}</div>`)], writing.random);
  const header = writing.header({ from: speaker(writing, language), subject: writing.deal(language.subjects) });
  return writeMessage(header, content);
};

/** Pictures inside of the text, by Content-ID. */
export const inlinePictures: MessageKind = (writing) => {
  const from = writing.patient();
  const text = 'This is what it looks like since yesterday:';
  const related = pictureStory(writing.random, text);
  const plain = textPart(`${text}\n[picture]\n${from.name}`, { charset: 'utf-8', encoding: '8bit' });
  const content = multipart('alternative', [plain, related], writing.random);
  return writeMessage(writing.header({ from, subject: 'Swelling – picture in the text' }), content);
};

function pictureStory(random: Random, text: string): Entity {
  const photo = `photo.${random.hex(8)}@patients.example`;
  const logo = `logo.${random.hex(8)}@patients.example`;
  const page = html(`<p>${text}</p><img src="cid:${photo}" alt="photo"><hr><img src="cid:${logo}" alt="">`);
  const pictures = [
    filePart({ name: 'IMG_2041.jpg', type: 'image/jpeg', content: jpeg(random, 9_000), cid: photo }),
    filePart({ name: 'logo.png', type: 'image/png', content: png, cid: logo }),
  ];
  return multipart('related', [page, ...pictures], random, { parameters: ['type="text/html"'] });
}

/** Multiparts in multiparts, an empty part and a part without a type. */
export const nested: MessageKind = (writing) => {
  const { random } = writing;
  const from = writing.patient();
  const empty: Entity = { header: ['Content-Type: text/plain'], body: Buffer.alloc(0) };
  const untyped: Entity = { header: [], body: Buffer.from('A part that says nothing about itself.\r\n') };
  const inner = multipart('related', [html('<p>The innermost <b>text</b>.</p>')], random);
  const middle = multipart('alternative', [empty, inner], random);
  const note: Entity = {
    header: [`Content-Description: ${encodeWords('Notiz für die Praxis', 'utf-8')}`, 'Content-Type: text/plain'],
    body: Buffer.from('A note.\r\n'),
  };
  const content = multipart('mixed', [middle, untyped, note], random);
  return writeMessage(writing.header({ from, subject: 'Parts within parts' }), content);
};
