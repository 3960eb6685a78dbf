import { LITERAL_MARK, type RawCommand } from './command-reader.js';

/** An argument of a command (RFC 9051 section 9). */
export type ImapValue =
  | { readonly kind: 'atom'; readonly text: string }
  | { readonly kind: 'string'; readonly bytes: Buffer }
  | { readonly kind: 'list'; readonly items: readonly ImapValue[] };

/** A command taken apart. */
export interface ParsedCommand {
  readonly tag: string;
  /** Upper case; with `UID ` before it when it was a UID command. */
  readonly name: string;
  readonly values: readonly ImapValue[];
}

/** What a client sent is no command, or its arguments are wrong. Answered with BAD. */
export class BadCommandError extends Error {
  override readonly name = 'BadCommandError';
}

const TAG = /^([\x21\x23\x24\x26\x27\x2c-\x5b\x5d-\x7a\x7c\x7d]{1,100}) +/;
const NAME = /^(UID +)?([A-Z0-9]{1,20})(?: +|$)/i;
/** Deep enough for every client; a limit, since each level is a call. */
const DEPTH_LIMIT = 20;

/** The tag of a command, be the rest what it may; `*` when there is none. */
export function tagOf(text: string): string {
  return TAG.exec(`${text} `)?.[1] ?? '*';
}

/** @throws BadCommandError */
export function parseCommand({ text, literals }: RawCommand): ParsedCommand {
  const [beginning, tag] = TAG.exec(text) ?? [];
  if (beginning === undefined || tag === undefined) throw new BadCommandError('no tag');
  const [head, uid, name] = NAME.exec(text.slice(beginning.length)) ?? [];
  if (head === undefined || name === undefined) throw new BadCommandError('no command');
  const values = parseValues(text.slice(beginning.length + head.length), literals);
  return { tag, name: (uid === undefined ? '' : 'UID ') + name.toUpperCase(), values };
}

/** @throws BadCommandError */
export function parseValues(text: string, literals: readonly Buffer[]): readonly ImapValue[] {
  return new ValueParser(text, [...literals]).all();
}

class ValueParser {
  #position = 0;

  constructor(
    private readonly text: string,
    private readonly literals: Buffer[],
  ) {}

  all(): readonly ImapValue[] {
    const values = this.#values(0);
    if (this.#position < this.text.length) throw new BadCommandError('unexpected )');
    return values;
  }

  #values(depth: number): readonly ImapValue[] {
    if (depth > DEPTH_LIMIT) throw new BadCommandError('too many parentheses');
    const values: ImapValue[] = [];
    for (;;) {
      while (this.text[this.#position] === ' ') this.#position += 1;
      const next = this.text[this.#position];
      if (next === undefined || next === ')') return values;
      values.push(this.#value(next, depth));
    }
  }

  #value(next: string, depth: number): ImapValue {
    if (next === '"') return { kind: 'string', bytes: this.#quoted() };
    if (next === LITERAL_MARK) return { kind: 'string', bytes: this.#literal() };
    if (next === '(') return { kind: 'list', items: this.#list(depth) };
    return { kind: 'atom', text: this.#atom() };
  }

  #list(depth: number): readonly ImapValue[] {
    this.#position += 1;
    const items = this.#values(depth + 1);
    if (this.text[this.#position] !== ')') throw new BadCommandError('missing )');
    this.#position += 1;
    return items;
  }

  #literal(): Buffer {
    this.#position += 1;
    const literal = this.literals.shift();
    if (literal === undefined) throw new BadCommandError('NUL in a command');
    return literal;
  }

  #quoted(): Buffer {
    const [quoted, content] = this.#match(/"((?:[^"\\\0]|\\["\\])*)"/y);
    if (quoted === undefined || content === undefined) throw new BadCommandError('unfinished quoted string');
    return Buffer.from(content.replaceAll(/\\(.)/g, '$1'), 'latin1');
  }

  /** An atom, a flag, a sequence set, a pattern of LIST, or a section: `BODY.PEEK[HEADER.FIELDS (Subject)]<0.100>`. */
  #atom(): string {
    const [atom] = this.#match(/(?:[^ ()"\0[]|\[[^\]\0]*\])+/y);
    if (atom === undefined) throw new BadCommandError('unfinished [');
    return atom;
  }

  #match(pattern: RegExp): readonly (string | undefined)[] {
    pattern.lastIndex = this.#position;
    const match = pattern.exec(this.text) ?? [];
    this.#position += match[0]?.length ?? 0;
    return match;
  }
}
