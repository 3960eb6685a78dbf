import type { PooledEmail } from './nodemailer-pool.adapter.js';

/** Of the text, so that the whole email has about 12 KB. */
const TEXT_BYTES = 11_000;
const SENTENCE = 'It is time for your check-up: please call us, or book on our website, at a time that suits you.\n';
const TEXT = SENTENCE.repeat(Math.ceil(TEXT_BYTES / SENTENCE.length));

/** A recall as a practice sends it to so many patients. */
export function bulkMail(from: string, count: number): readonly PooledEmail[] {
  return Array.from({ length: count }, (_, index) => {
    const to = `patient-${index.toString()}@patients.example`;
    return { from, to, subject: `Your check-up ${index.toString()}`, text: TEXT };
  });
}
