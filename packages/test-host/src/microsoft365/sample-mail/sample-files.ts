import type { Random } from './random.js';

/** A small PDF that viewers open. */
export function pdf(title: string): Buffer {
  const text = title.replaceAll(/[()\\]/g, ' ');
  const stream = `BT /F1 18 Tf 60 760 Td (${text}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${stream.length.toString()} >>\nstream\n${stream}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  const offsets: number[] = [];
  let body = '%PDF-1.4\n';
  objects.forEach((object, index) => {
    offsets.push(body.length);
    body += `${(index + 1).toString()} 0 obj\n${object}\nendobj\n`;
  });
  const entries = offsets.map((offset) => `${offset.toString().padStart(10, '0')} 00000 n \n`).join('');
  const size = (objects.length + 1).toString();
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${entries}`;
  const trailer = `trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${body.length.toString()}\n%%EOF\n`;
  return Buffer.from(body + table + trailer, 'latin1');
}

/** A picture of one pixel, and behind its end as many bytes as a photograph would have. */
export function jpeg(random: Random, size: number): Buffer {
  return Buffer.concat([ONE_PIXEL_JPEG, random.bytes(Math.max(0, size - ONE_PIXEL_JPEG.length))]);
}

/** A transparent picture of one pixel. */
export const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** The first bytes of a Word file, and noise. */
export function docx(random: Random, size: number): Buffer {
  return Buffer.concat([Buffer.from('PK\x03\x04\x14\x00\x06\x00', 'latin1'), random.bytes(size)]);
}

const ONE_PIXEL_JPEG = Buffer.from(
  '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=',
  'base64',
);
