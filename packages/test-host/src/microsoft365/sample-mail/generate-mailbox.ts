import { accountOfAddress, sampleCast, type Cast } from '../cast.js';
import { deck } from './kinds/deck.js';
import { Random } from './random.js';
import { Writing } from './writing.js';

export interface GenerateMailboxOptions {
  /** The same seed gives the same messages. */
  readonly seed: number;
  readonly count: number;
  /** Arrival of the first message, epoch milliseconds. */
  readonly start: number;
  /** Latest arrival. Default: an hour a message after `start`. */
  readonly end?: number;
  /** Whom the messages are to. Default: reception@brightsmile.example. */
  readonly address?: string;
  /** Whose patients write. Default: the sample cast. */
  readonly cast?: Cast;
}

export interface GeneratedMessage {
  /** The exact bytes, CRLF line ends. */
  readonly raw: Uint8Array;
  /** INTERNALDATE, epoch milliseconds, whole seconds; never before the one of the message before. */
  readonly internalDate: number;
}

const HOUR_MS = 60 * 60 * 1000;

/**
 * Mail as a dental practice gets it, of every kind that exists and some that should not: among a hundred messages are all
 * of them. Each message is made when it is asked for.
 */
export function* generateMailbox(options: GenerateMailboxOptions): Generator<GeneratedMessage, void, undefined> {
  const { seed, count, start, end = start + count * HOUR_MS, cast = sampleCast } = options;
  const { address = 'reception@brightsmile.example' } = options;
  const random = new Random(seed);
  const name = accountOfAddress(cast, address)?.displayName ?? '';
  const writing = new Writing(random, { name, address }, cast.patients);
  const step = (end - start) / Math.max(count, 1);
  let kinds = random.shuffle(deck);
  for (let index = 0; index < count; index += 1) {
    const at = start + step * (index + random.next());
    writing.at = Math.floor(at / 1000) * 1000;
    const kind = kinds[index % deck.length];
    if (kind === undefined) throw new RangeError('There are no kinds of messages');
    yield { raw: kind(writing), internalDate: writing.at };
    if ((index + 1) % deck.length === 0) kinds = random.shuffle(deck);
  }
}
