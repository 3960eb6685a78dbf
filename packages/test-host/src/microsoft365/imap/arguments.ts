import { BadCommandError, type ImapValue } from './command-parser.js';

/** Takes a command's arguments in order. Every method throws `BadCommandError` when the next one is missing or wrong. */
export class Arguments {
  #position = 0;

  constructor(private readonly values: readonly ImapValue[]) {}

  get isEmpty(): boolean {
    return this.#position >= this.values.length;
  }

  next(): ImapValue {
    const value = this.values[this.#position];
    if (value === undefined) throw new BadCommandError('argument missing');
    this.#position += 1;
    return value;
  }

  /** An atom as it was written. */
  atom(): string {
    const value = this.next();
    if (value.kind !== 'atom') throw new BadCommandError('atom expected');
    return value.text;
  }

  /** The next argument when it is an atom that matches, in upper case. */
  keyword(pattern: RegExp): string | undefined {
    const value = this.values[this.#position];
    if (value?.kind !== 'atom' || !pattern.test(value.text)) return undefined;
    this.#position += 1;
    return value.text.toUpperCase();
  }

  /** An atom, quoted string or literal, as text. */
  text(): string {
    return this.bytes().toString('utf8');
  }

  /** An atom, quoted string or literal, as bytes. */
  bytes(): Buffer {
    const value = this.next();
    if (value.kind === 'list') throw new BadCommandError('string expected');
    return value.kind === 'atom' ? Buffer.from(value.text, 'latin1') : value.bytes;
  }

  list(): Arguments {
    const value = this.next();
    if (value.kind !== 'list') throw new BadCommandError('list expected');
    return new Arguments(value.items);
  }

  isNextList(): boolean {
    return this.values[this.#position]?.kind === 'list';
  }

  /** The next argument when it is a list. */
  optionalList(): Arguments | undefined {
    return this.isNextList() ? this.list() : undefined;
  }

  end(): void {
    if (!this.isEmpty) throw new BadCommandError('too many arguments');
  }
}
