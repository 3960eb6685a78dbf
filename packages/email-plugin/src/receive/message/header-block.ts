import { createHash, type Hash } from 'node:crypto';
import { fieldOfLine, unfolded, type HeaderField, type HeaderFields } from './mime-header.js';

/** Characters that are kept of one field: two thousand recipients. */
const FIELD_LIMIT = 64 * 1024;
/** Of all fields of a block together. */
const BLOCK_LIMIT = 512 * 1024;
/** Of what transport added, besides; the rest of it is passed over. */
const TRANSPORT_LIMIT = 64 * 1024;

/** What the servers on the way add, and programs for their own use. */
const TRANSPORT_FIELD =
  /^(?:x-[!-9;-~]*|received|received-spf|return-path|delivered-to|arc-[!-9;-~]*|dkim-signature|authentication-results)[ \t]*:/i;
const LONGEST_TRANSPORT_NAME = 100;

/**
 * Collects a header block in bounded memory, however large it is. Of a field that is too long its beginning is kept, and a
 * digest of all of it, so that one whose end differs is another; likewise of all that is beyond the limit of the block.
 */
export class HeaderBlock {
  private readonly fields: HeaderField[] = [];
  private field: FieldText | undefined;
  private kept = 0;
  private keptOfTransport = 0;
  /** What is beyond the limit of the block. */
  private rest: Hash | undefined;

  /** A line as Latin-1 with its line end, or a piece of a very long one. */
  add(piece: string, isLineStart: boolean): void {
    const isFolded = piece.startsWith(' ') || piece.startsWith('\t');
    if (!isLineStart || (isFolded && this.field)) this.field?.append(piece);
    else this.begin(piece);
  }

  get isEmpty(): boolean {
    return this.field === undefined && this.fields.length === 0 && this.rest === undefined;
  }

  end(): HeaderFields {
    this.endField();
    return this.rest ? [...this.fields, ['', this.rest.digest('hex')]] : this.fields;
  }

  private begin(line: string): void {
    this.endField();
    this.field = new FieldText(TRANSPORT_FIELD.test(line.slice(0, LONGEST_TRANSPORT_NAME)));
    this.field.append(line);
  }

  private endField(): void {
    const { field } = this;
    this.field = undefined;
    if (!field || field.isEmpty) return;
    if (field.isTransport) {
      this.keptOfTransport += field.length;
      if (this.keptOfTransport <= TRANSPORT_LIMIT) this.fields.push(field.toField());
      return;
    }
    this.kept += field.length;
    if (this.kept <= BLOCK_LIMIT) this.fields.push(field.toField());
    else this.rest = (this.rest ?? createHash('sha256')).update(field.toField().join('\n'));
  }
}

/** One field while its lines come. */
class FieldText {
  private text = '';
  /** Over all of it without white space, where it is too long to be kept: folding then makes no difference. */
  private whole: Hash | undefined;

  constructor(readonly isTransport: boolean) {}

  get length(): number {
    return this.text.length;
  }

  get isEmpty(): boolean {
    return this.text.trim() === '';
  }

  append(piece: string): void {
    if (this.whole) this.whole.update(withoutSpace(piece));
    else this.text += piece;
    if (this.whole || this.text.length <= FIELD_LIMIT) return;
    this.whole = createHash('sha256').update(withoutSpace(this.text));
    this.text = this.text.slice(0, FIELD_LIMIT);
  }

  toField(): HeaderField {
    const [name, value] = fieldOfLines(this.text);
    return this.whole ? [name, value, this.whole.digest('hex')] : [name, value];
  }
}

/** Characters of a block that is within all limits, as nearly all are: little, since each part may be looked through in vain. */
export const SMALL_BLOCK = 16 * 1024;

/** Reads a small block as Latin-1 without the empty line behind it: the same fields as line by line, many times as fast. */
export function fieldsOfSmallBlock(block: string): HeaderFields {
  const fields: HeaderField[] = [];
  for (let from = 0; from < block.length;) {
    let end = nextLine(block, from);
    while (block[end] === ' ' || block[end] === '\t') end = nextLine(block, end);
    const field = fieldOfLines(block.slice(from, end));
    if (field[0] !== '' || field[1] !== '') fields.push(field);
    from = end;
  }
  return fields;
}

function nextLine(block: string, from: number): number {
  return block.indexOf('\n', from) + 1 || block.length;
}

function fieldOfLines(text: string): readonly [name: string, value: string] {
  const isFolded = text.indexOf('\n') < text.lastIndexOf('\n');
  return fieldOfLine(isFolded ? unfolded(text.trimEnd()) : text);
}

function withoutSpace(text: string): string {
  return text.replace(/\s+/g, '');
}
