import type { IncomingMessage } from 'node:http';

/** Bytes of a form; ours are small. */
const FORM_LIMIT = 16 * 1024;

/** A form's fields; none when it is larger than any of ours. */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= FORM_LIMIT) chunks.push(chunk);
  }
  return new URLSearchParams(bytes > FORM_LIMIT ? '' : Buffer.concat(chunks).toString('utf8'));
}
