import { filePart, multipart, textPart, writeMessage, type Entity, type FileOptions } from '../mime-writer.js';
import { laboratory, orthodontist, surgeon, type Correspondent } from '../practice-talk.js';
import { docx, jpeg, pdf } from '../sample-files.js';
import type { MessageKind, Writing } from '../writing.js';

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

function withFiles(
  writing: Writing,
  from: Correspondent,
  subject: string,
  text: string,
  files: readonly FileOptions[],
): Buffer {
  const plain = textPart(text, { charset: 'utf-8', encoding: 'quoted-printable' });
  return writeMessage(writing.header({ from, subject }), mixed(writing, [plain, ...files.map(filePart)]));
}

function mixed(writing: Writing, parts: readonly Entity[]): Entity {
  return multipart('mixed', parts, writing.random);
}

/** A referral letter as PDF. */
export const referral: MessageKind = (writing) => {
  const patient = writing.patient();
  const content = pdf('Referral for orthodontic assessment');
  return withFiles(
    writing,
    orthodontist,
    `Referral: ${patient.name}`,
    `Dear colleagues,\n\nplease see the letter for ${patient.name}.\n\nHélène Marchand`,
    [{ name: 'Referral letter.pdf', type: 'application/pdf', content }],
  );
};

/** Photographs from a phone. */
export const photographs: MessageKind = (writing) => {
  const from = writing.patient();
  const files = ['IMG_0231.jpg', 'IMG_0232.JPG'].map((name) => ({
    name,
    type: 'image/jpeg',
    content: jpeg(writing.random, writing.random.integer(12_000, 30_000)),
  }));
  return withFiles(writing, from, 'Photos of the broken tooth', 'See attached.\n\nSent from my phone', files);
};

/** A photograph of some hundred kilobytes. */
export const largePhotograph: MessageKind = (writing) => {
  const content = jpeg(writing.random, 400_000);
  const file = { name: 'panorama.jpg', type: 'image/jpeg', content };
  return withFiles(writing, surgeon, 'Panoramic X-ray', 'The X-ray as discussed.\n\nA. Osei', [file]);
};

const NAMES = [
  'Kostenvoranschlag Krone für Weiß.docx',
  '診療情報提供書.docx',
  'Направление на снимок.docx',
  'خطة العلاج.docx',
  'תוכנית טיפול.docx',
  'Σχέδιο θεραπείας.docx',
  'उपचार योजना.docx',
  '治療計劃 (最終版).docx',
  'Smile 😁.docx',
] as const;

/** Word files whose names are in several scripts, written as the standard has it and as older programs do. */
export const foreignFileNames: MessageKind = (writing) => {
  const from = writing.patient();
  const files = writing.random.shuffle(NAMES).slice(0, 2);
  return withFiles(writing, from, 'Documents for the new treatment plan', 'The two files.', [
    ...files.map((name, index) => ({
      name,
      type: DOCX,
      content: docx(writing.random, 3_000),
      nameAs: index === 0 ? ('rfc2231' as const) : ('encoded-word' as const),
    })),
  ]);
};

/** Outlook's own format around the attachments. */
export const winmail: MessageKind = (writing) => {
  const content = Buffer.concat([Buffer.from('78 9f 3e 22'.replaceAll(' ', ''), 'hex'), writing.random.bytes(1_500)]);
  return withFiles(writing, laboratory, 'Delivery note', 'Delivery note attached.', [
    { name: 'winmail.dat', type: 'application/ms-tnef', content },
  ]);
};

/** An S/MIME signature, RFC 8551 section 3.5.3. */
export const signed: MessageKind = (writing) => {
  const text = textPart('This message is signed.\n\nHélène Marchand', {
    charset: 'utf-8',
    encoding: 'quoted-printable',
  });
  const signature = filePart({
    name: 'smime.p7s',
    type: 'application/pkcs7-signature',
    content: writing.random.bytes(1_200),
  });
  const content = multipart('signed', [text, signature], writing.random, {
    parameters: ['protocol="application/pkcs7-signature"', 'micalg=sha-256'],
  });
  return writeMessage(writing.header({ from: orthodontist, subject: 'Signed: treatment plan approved' }), content);
};

/** A file only, without any text. */
export const fileOnly: MessageKind = (writing) => {
  const scan = filePart({ name: 'scan0001.pdf', type: 'application/pdf', content: pdf('Scan') });
  return writeMessage(writing.header({ from: laboratory, subject: '' }), scan);
};
