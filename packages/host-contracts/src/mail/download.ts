/**
 * A download of many messages, from its first to its last. The host keeps it with the mailbox counter, so that it goes on after a
 * restart where it was. What is done is real; how much it is together is an estimate until the end: the server's own sizes can be
 * wrong by a factor of three.
 */
export interface Download {
  /** Messages of it that are in the store or set aside. */
  readonly messagesDone: number;
  /** Never fewer than are done. */
  readonly messagesTotal: number;
  /** Bytes of the raw messages that are done. */
  readonly bytesDone: number;
  /** Never fewer than are done. */
  readonly bytesTotal: number;
  /** A person has paused it: nothing is received before a person continues. */
  readonly paused: boolean;
}

/** A download as staff see it go on. */
export interface DownloadProgress extends Download {
  /** Over the last half minute. `undefined`: it stands still, or has only begun. */
  readonly bytesPerSecond?: number;
  /** An estimate, in seconds. */
  readonly secondsLeft?: number;
}
