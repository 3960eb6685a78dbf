import { randomBytes } from 'node:crypto';

/** Nobody who writes a message can guess it, so nothing in one is taken for a mark. */
const SECRET = randomBytes(12).toString('hex');

/** Marks among other text; each has the number of its leaf part. */
export const LEAF_MARKS = new RegExp(`exact-leaf-${SECRET}-(\\d+)`, 'g');

/** What stands for a leaf part in what is parsed of a message. */
export function leafMark(leaf: number): string {
  return `exact-leaf-${SECRET}-${String(leaf)}`;
}

/** What stands for the boundary of a multipart in what is parsed of a message. */
export function boundaryMark(multipart: number): string {
  return `exact-parts-${SECRET}-${String(multipart)}`;
}

/** The number of the leaf part that a content stands for; `undefined` when it is its own. */
export function leafOf(content: Uint8Array): number | undefined {
  if (content.byteLength > LONGEST) return undefined;
  const [match] = Buffer.from(content).toString('latin1').matchAll(LEAF_MARKS);
  return match && Number(match[1]);
}

/** A mark with a line end. */
const LONGEST = leafMark(1_000_000).length + 2;
