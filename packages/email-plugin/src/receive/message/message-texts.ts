import { isKnownCharset } from './charsets.js';
import { leafMark } from './leaf-mark.js';
import { fieldOf, parameterOf, type HeaderFields } from './mime-header.js';
import type { MarkedText, MessageStructure } from './postal-mime.adapter.js';

const TEXT_TYPE = /^text\/(plain|html)$/i;
const ENCODING = /^(?:7bit|8bit|binary|quoted-printable|(base64))?$/i;

/** The two kinds of text that a message is shown as. */
export interface ShownTexts {
  readonly text?: string | undefined;
  readonly html?: string | undefined;
}

/** Whether a part is a text that reads here as it does to the parser. */
export function isOwnText(fields: HeaderFields, isWholeMessage: boolean): boolean {
  const contentType = fieldOf(fields, 'content-type');
  if (!ENCODING.test(encodingOf(fields))) return false;
  // In a digest a part without a type is a message (RFC 2046 section 5.1.5).
  if (contentType === undefined) return isWholeMessage;
  const charset = parameterOf(contentType, 'charset');
  return TEXT_TYPE.test(mediaTypeIn(contentType)) && (charset === undefined || isKnownCharset(charset));
}

/**
 * Texts of a message that come decoded, so that no parser has to walk over their lines: where a text stands in the message
 * the parser finds the mark of its leaf, in Base64.
 */
export class MessageTexts {
  private readonly parts = new Map<number, TextPart>();

  begin(leaf: number, fields: HeaderFields): TextPart {
    const part = new TextPart(fields);
    this.parts.set(leaf, part);
    return part;
  }

  /** What a message shows; `undefined` where the parser has to make something of the texts themselves. */
  fill({ text, html }: Pick<MessageStructure, 'text' | 'html'>): ShownTexts | undefined {
    const isOther = this.asksForOther(text, 'plain') || this.asksForOther(html, 'html');
    return isOther ? undefined : { text: this.filled(text), html: this.filled(html) };
  }

  /** The skeleton for a parser, texts for marks. */
  within(skeleton: string): string {
    const pieces: string[] = [];
    let from = 0;
    for (const [leaf, part] of this.parts) {
      const mark = encodedMark(leaf);
      const at = skeleton.indexOf(mark, from);
      if (at < 0) continue;
      pieces.push(skeleton.slice(from, at), Buffer.from(part.text).toString('base64'));
      from = at + mark.length;
    }
    return [...pieces, skeleton.slice(from)].join('');
  }

  /** Whether a text of another kind is turned into this one, or lines that flow are joined. */
  private asksForOther(text: MarkedText, kind: TextKind): boolean {
    return text.some((leaf, place) => {
      const part = isLeaf(place) ? this.parts.get(Number(leaf)) : undefined;
      return part !== undefined && (part.kind !== kind || part.isFlowed);
    });
  }

  private filled(text: MarkedText): string | undefined {
    let filled = '';
    // Not joined: what is put before and behind nothing is not copied.
    for (const [place, piece] of text.entries()) {
      filled += isLeaf(place) ? (this.parts.get(Number(piece))?.text ?? '') : piece;
    }
    return filled || undefined;
  }
}

function isLeaf(place: number): boolean {
  return place % 2 === 1;
}

export function encodedMark(leaf: number): string {
  return Buffer.from(leafMark(leaf)).toString('base64');
}

type TextKind = 'plain' | 'html';

/** One text, decoded. */
export class TextPart {
  readonly kind: TextKind;
  /** RFC 3676. */
  readonly isFlowed: boolean;
  /** A boundary stands behind it, which the line end before belongs to. */
  isClosed = false;
  private readonly isOfLines: boolean;
  private written = '';

  constructor(fields: HeaderFields) {
    const contentType = fieldOf(fields, 'content-type') ?? '';
    this.kind = TEXT_TYPE.exec(mediaTypeIn(contentType))?.[1]?.toLowerCase() === 'html' ? 'html' : 'plain';
    this.isFlowed = parameterOf(contentType, 'format')?.toLowerCase() === 'flowed';
    this.isOfLines = ENCODING.exec(encodingOf(fields))?.[1] === undefined;
  }

  write(text: string): void {
    this.written += text;
  }

  /** To be asked for when the message is over. What came as lines has a line feed behind the last one, too. */
  get text(): string {
    const { written } = this;
    const isWhole = !this.isOfLines || (!this.isClosed && (written === '' || written.endsWith('\n')));
    return isWhole ? written : `${written}\n`;
  }
}

function mediaTypeIn(contentType: string): string {
  return contentType.split(';', 1)[0]?.trim() ?? '';
}

function encodingOf(fields: HeaderFields): string {
  return fieldOf(fields, 'content-transfer-encoding')?.trim() ?? '';
}
