/** The flags that Exchange keeps, as PERMANENTFLAGS lists them. */
export const MESSAGE_FLAGS = ['\\Seen', '\\Answered', '\\Flagged', '\\Deleted', '\\Draft', '$MDNSent'] as const;
export type MessageFlag = (typeof MESSAGE_FLAGS)[number];

/** A message in a folder. Never changes: other flags make another value. */
export interface StoredMessage {
  readonly uid: number;
  /** INTERNALDATE, epoch milliseconds, whole seconds. */
  readonly internalDate: number;
  readonly flags: ReadonlySet<MessageFlag>;
  /** Bytes. */
  readonly size: number;
  /** The exact bytes. Read anew each time, so that no folder is held in memory. */
  raw(): Uint8Array;
}

/** A message on its way into a folder. */
export interface NewMessage {
  readonly raw: Uint8Array;
  /** Epoch milliseconds; kept in whole seconds. */
  readonly internalDate: number;
  readonly flags?: Iterable<MessageFlag>;
}
