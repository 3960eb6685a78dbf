import { describe, expect, test } from '@jest/globals';
import { DownloadCount } from './download-count.js';

const BEFORE = { messagesDone: 500, messagesTotal: 1500, bytesDone: 7000, bytesTotal: 20_000, paused: true };

const FEW = { messages: 200, bytes: 1_000_000 };

function count(before?: typeof BEFORE) {
  const counted = new DownloadCount(before, FEW);
  counted.begin({ messages: 1000, bytes: 13_000 });
  return counted;
}

describe('the figures of a download', () => {
  test('begin with what the server lists', () => {
    expect(count().now()).toEqual({
      messagesDone: 0,
      messagesTotal: 1000,
      bytesDone: 0,
      bytesTotal: 13_000,
      paused: false,
    });
  });

  test('go on after a restart from what was done, of the whole, and with what has come meanwhile', () => {
    expect(count(BEFORE).now()).toEqual({
      messagesDone: 500,
      messagesTotal: 1500,
      bytesDone: 7000,
      bytesTotal: 20_000,
      paused: false,
    });
  });

  test.each([
    ['three times too small', 39],
    ['three times too large', 13 / 3],
    ['right', 13],
  ])('never show more done than there is where the server’s sizes are %s', (_what, real) => {
    const counted = count(BEFORE);
    for (let message = 1; message <= 1000; message += 1) {
      counted.add(real, 13);
      const { messagesDone, messagesTotal, bytesDone, bytesTotal } = counted.now();
      expect(bytesDone).toBeLessThanOrEqual(bytesTotal);
      expect(messagesDone + (1000 - message)).toBe(messagesTotal);
    }
    const end = counted.now();
    expect(end.bytesDone).toBe(end.bytesTotal);
    expect(end.bytesDone).toBeCloseTo(7000 + 1000 * real);
    expect(end.messagesDone).toBe(1500);
  });

  test('estimate what is to come by how wrong the sizes were so far', () => {
    const counted = count();
    for (let message = 0; message < 500; message += 1) counted.add(39, 13);
    expect(counted.now()).toMatchObject({ bytesDone: 19_500, bytesTotal: 39_000 });
  });

  test.each([
    ['more than a few messages', undefined, { messages: 201, bytes: 13_000 }, true],
    ['a few messages', undefined, { messages: 200, bytes: 13_000 }, false],
    ['one large message', undefined, { messages: 1, bytes: 1_000_001 }, true],
    ['the rest of what was shown before', BEFORE, { messages: 1, bytes: 13 }, true],
  ])('are shown or not: %s', (_what, before, listing, isLong) => {
    const counted = new DownloadCount(before, FEW);
    counted.begin(listing);
    for (let message = 0; message < listing.messages; message += 1) {
      expect(counted.isLong).toBe(isLong);
      counted.add(13, 13);
    }
  });
});
