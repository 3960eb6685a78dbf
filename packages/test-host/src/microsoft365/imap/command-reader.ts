import { InputTooLongError, type ByteReader } from './byte-reader.js';

/** Bytes of a command without its literals. */
const LINE_LIMIT = 64 * 1024;
/** Bytes of one literal: a message as large as submission takes. */
const MESSAGE_LIMIT = 157_286_400;
/** Bytes of one literal of somebody who has not signed in. */
const STRANGER_LIMIT = 8 * 1024;
/** Only APPEND has a large literal, and only one. */
const LITERALS_LIMIT = 16;

/** Stands in a command's text where a literal was. It can't occur in a command itself (RFC 9051 section 9). */
export const LITERAL_MARK = '\0';

/** A command as it came: its text (one character a byte) with a mark for each literal. */
export interface RawCommand {
  readonly text: string;
  readonly literals: readonly Buffer[];
}

/** What came instead of a whole command. */
export type ReadOutcome =
  | { readonly kind: 'command'; readonly command: RawCommand }
  /** A literal was too large, and the client has not sent it yet. */
  | { readonly kind: 'refused'; readonly text: string }
  | { readonly kind: 'gone' };

/**
 * Reads one command with its literals, asking for those that wait for it (RFC 9051 section 4.3; LITERAL+, RFC 7888).
 *
 * @throws InputTooLongError when the client sends more than it may
 */
export async function readCommand(
  reader: ByteReader,
  isSignedIn: boolean,
  askForLiteral: () => Promise<void>,
): Promise<ReadOutcome> {
  const literals: Buffer[] = [];
  let text = '';
  for (;;) {
    const line = await reader.line(LINE_LIMIT);
    if (line === undefined) return { kind: 'gone' };
    text += line.toString('latin1');
    if (text.length > LINE_LIMIT) throw new InputTooLongError('Command too long');
    const [announcement, size, plus] = /\{(\d{1,10})(\+?)\}$/.exec(text) ?? [];
    if (announcement === undefined) return { kind: 'command', command: { text, literals } };
    const isTooMuch =
      Number(size) > (isSignedIn ? MESSAGE_LIMIT : STRANGER_LIMIT) || literals.length === LITERALS_LIMIT;
    if (isTooMuch && plus === '+') throw new InputTooLongError('Literal too long');
    if (isTooMuch) return { kind: 'refused', text };
    if (plus !== '+') await askForLiteral();
    const literal = await reader.exactly(Number(size));
    if (literal === undefined) return { kind: 'gone' };
    literals.push(literal);
    text = text.slice(0, -announcement.length) + LITERAL_MARK;
  }
}
