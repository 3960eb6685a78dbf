import { describe, expect, test } from '@jest/globals';
import { DownloadRate } from './download-rate.js';

const MB = 1_000_000;
const START = Date.parse('2026-11-23T09:00:00Z');

function download(bytesDone: number) {
  return { messagesDone: 1, messagesTotal: 100, bytesDone, bytesTotal: 100 * MB, paused: false };
}

/** Figures given at such seconds after the start; what the last ones come to. */
function progressOf(...figures: readonly (readonly [second: number, bytesDone: number])[]) {
  const rate = new DownloadRate();
  return figures.map(([second, bytesDone]) => rate.progress(download(bytesDone), START + second * 1000)).at(-1);
}

describe('how fast a download is', () => {
  test('is not known at once', () => {
    expect(progressOf([0, 0], [1, 5 * MB])).toEqual(download(5 * MB));
  });

  test('is told with the time left', () => {
    expect(progressOf([0, 0], [1, MB], [10, 20 * MB])).toMatchObject({ bytesPerSecond: 2 * MB, secondsLeft: 40 });
  });

  test('is that of the last half minute', () => {
    const slowed = progressOf([0, 0], [10, 50 * MB], [30, 52 * MB], [60, 55 * MB]);
    expect(slowed).toMatchObject({ bytesPerSecond: 100_000, secondsLeft: 450 });
  });

  test.each([
    ['it stands still', [10, MB]],
    ['the clock was put back', [-3600, 20 * MB]],
    ['the machine slept', [8 * 3600, 20 * MB]],
  ] as const)('is not told when %s', (_what, last) => {
    expect(progressOf([0, MB], last)).toEqual(download(last[1]));
  });
});
