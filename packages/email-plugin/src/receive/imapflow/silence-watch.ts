/** How often a connection is looked at within the time that it may be silent. */
const LOOKS = 4;

/** How long a server may leave us in the dark. Milliseconds. */
export interface PatienceLimits {
  /**
   * How often it is asked while it has nothing to tell, by the host's clock. That ends IDLE and begins it anew, long before the
   * 29 minutes of RFC 2177, and finds a connection that is dead.
   */
  readonly askEveryMs: number;
  /** How long it may be silent over an answer that costs it nothing. With `askEveryMs`: under a minute. */
  readonly answerMs: number;
  /** How long it may be silent over any other. */
  readonly silenceMs: number;
}

/** A connection as far as one can hear it. */
export interface Audible {
  /** Bytes that have come from the server so far. */
  heard(): number;
  close(): void;
}

/**
 * Runs a command, and closes its connection when the server has said nothing at all for `limitMs`, or up to a quarter
 * longer: a network that changed or a computer that slept leaves connections behind that never end by themselves. Measured in
 * the machine's own time, since the wire knows no other.
 */
export async function unlessSilent<T>(connection: Audible, limitMs: number, command: () => Promise<T>): Promise<T> {
  let heard = connection.heard();
  let quietLooks = 0;
  const timer = setInterval(() => {
    const before = heard;
    heard = connection.heard();
    quietLooks = heard === before ? quietLooks + 1 : 0;
    if (quietLooks >= LOOKS) connection.close();
  }, limitMs / LOOKS);
  try {
    return await command();
  } finally {
    clearInterval(timer);
  }
}
