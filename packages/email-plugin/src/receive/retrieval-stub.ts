import type { MessageReading } from './message/message-reader.js';
import { fieldOf } from './message/mime-header.js';

/** As Exchange says in English that it can’t hand a message over, for the table of failures. */
export const NOT_RETRIEVED = 'Retrieval using the IMAP4 protocol failed';

const SENDER = /^"?Microsoft Exchange\b[^@]*$/i;
/** In whatever language, it ends with the number of the message. */
const SUBJECT = /\d\s*$/;
/** What every message has that came from somewhere: nobody can make his own look as if the server did not give it. */
const CAME_FROM_SOMEWHERE = ['received', 'message-id', 'date'];

/**
 * Whether what came is not the message but Exchange's word that it can't hand the message over: a message from nobody's
 * address, made at the moment, "Retrieval using the IMAP4 protocol failed for the following message: 17".
 */
export function isRetrievalStub({ header, index }: Pick<MessageReading, 'header' | 'index'>): boolean {
  return (
    SENDER.test(fieldOf(header, 'from') ?? '') &&
    SUBJECT.test(index.subject) &&
    CAME_FROM_SOMEWHERE.every((name) => fieldOf(header, name) === undefined)
  );
}
