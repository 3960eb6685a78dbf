/** What the tests of a host look into besides the contract: the parts of receiving, without a connection. Not for hosts. */
export type { FetchedMessage, Mailbox, UnfetchableMessage } from './receive/mailbox.js';
export { IdentityDigest } from './receive/message/message-identity.js';
export { MessageReader, type MessageReading } from './receive/message/message-reader.js';
export { MimeWalker } from './receive/message/mime-walker.js';
export { ReadingThread } from './receive/message/reading-thread.js';
export { receiveMail } from './receive/receive-mail.js';
