import { describe, expect, test } from '@jest/globals';
import { unlessSilent } from './silence-watch.js';

/** A connection that is heard of as often as `says` tells; the command under way ends after so many looks, or with it. */
function connection(says: (look: number) => boolean, endsAfter = Infinity) {
  const end = Promise.withResolvers<string>();
  let looks = 0;
  let bytes = 0;
  return {
    command: () => end.promise,
    looks: () => looks,
    heard: () => {
      looks += 1;
      if (says(looks)) bytes += 1;
      if (looks >= endsAfter) end.resolve('done');
      return bytes;
    },
    close: () => {
      end.reject(new Error('closed'));
    },
  };
}

describe('a connection with a command under way', () => {
  test('is closed when the server says nothing more', async () => {
    const silent = connection((look) => look < 10);
    await expect(unlessSilent(silent, 4, silent.command)).rejects.toThrow('closed');
    // It was heard of at the 9th look, and four times not.
    expect(silent.looks()).toBe(13);
  });

  test('is left alone for as long as something comes, be it little', async () => {
    const slow = connection((look) => look % 3 === 0, 60);
    await expect(unlessSilent(slow, 4, slow.command)).resolves.toBe('done');
  });
});
