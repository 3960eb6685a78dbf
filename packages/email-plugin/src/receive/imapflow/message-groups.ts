/** Ordinary messages are asked for together, up to this many and about this much: each time the server’s distance is waited for. */
export const GROUP_MESSAGES = 100;
const GROUP_BYTES = 4 * 1024 * 1024;

/** What is known of a message before it is fetched. `size` is a hint only: Exchange's can be wrong by a factor of three. */
export interface Listed {
  readonly uid: number;
  readonly size: number;
  readonly arrivedAt: number;
}

/** Consecutive messages that are fetched together; a large one stands alone. */
export function* groupsOf(listed: readonly Listed[]): Generator<readonly Listed[]> {
  let group: Listed[] = [];
  let bytes = 0;
  for (const message of listed) {
    const isFull = group.length >= GROUP_MESSAGES || bytes + message.size > GROUP_BYTES;
    if (group.length > 0 && isFull) {
      yield group;
      group = [];
      bytes = 0;
    }
    group.push(message);
    bytes += message.size;
  }
  if (group.length > 0) yield group;
}
