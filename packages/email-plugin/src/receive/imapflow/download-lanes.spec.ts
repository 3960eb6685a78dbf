import { describe, expect, test } from '@jest/globals';
import { DownloadLanes, type GroupUnderWay, type OtherLane } from './download-lanes.js';
import type { Listed } from './message-groups.js';

class FakeLane implements OtherLane {
  asked = 0;
  isOpen = false;
  isClosed = false;

  beginGroup(group: readonly Listed[]): GroupUnderWay {
    this.asked += 1;
    return { group, bodies: Promise.resolve(new Map()) };
  }

  async *fetchGroup({ group, bodies }: GroupUnderWay) {
    await bodies;
    for (const { uid, arrivedAt, size } of group) yield { uid, arrivedAt, listedSize: size, content: nothing() };
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.isClosed = true;
    return Promise.resolve();
  }
}

async function* nothing(): AsyncIterable<Uint8Array> {
  yield await Promise.resolve(new Uint8Array());
}

/** So many groups of two messages. */
function groupsOf(count: number): readonly (readonly Listed[])[] {
  return Array.from({ length: count }, (_, group) =>
    [1, 2].map((position) => ({ uid: group * 2 + position, size: 1, arrivedAt: 0 })),
  );
}

/** Opens one after the other. */
function openEach(lanes: readonly FakeLane[]): () => Promise<OtherLane> {
  const left = [...lanes];
  return () => {
    const lane = left.shift();
    if (lane) lane.isOpen = true;
    return lane ? Promise.resolve(lane) : Promise.reject(new Error('there are no more'));
  };
}

/** The lanes are closed when it resolves. */
async function download(count: number, openOther: () => Promise<OtherLane>, stopAt = Infinity) {
  const own = new FakeLane();
  const uids: number[] = [];
  await using lanes = new DownloadLanes(own, openOther);
  for await (const { uid } of lanes.fetch(groupsOf(count))) {
    uids.push(uid);
    if (uid >= stopAt) break;
  }
  return { own, uids };
}

describe('a download', () => {
  test('over several connections comes in order, and closes those that it opened', async () => {
    const others = [new FakeLane(), new FakeLane()];
    const { own, uids } = await download(100, openEach(others));
    expect(uids).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
    expect(others.map(({ isClosed }) => isClosed)).toEqual([true, true]);
    expect([own, ...others].every(({ asked }) => asked > 20)).toBe(true);
    expect(own.isClosed).toBe(false);
  });

  test('goes on alone where no other connection opens', async () => {
    const { own, uids } = await download(100, () => Promise.reject(new Error('too many connections')));
    expect(uids).toHaveLength(200);
    expect(own.asked).toBe(100);
  });

  test('of a few messages opens no other connection', async () => {
    let opened = 0;
    const { uids } = await download(5, () => {
      opened += 1;
      return Promise.reject(new Error('nobody should ask'));
    });
    expect(uids).toHaveLength(10);
    expect(opened).toBe(0);
  });

  test('that may be long opens them before it is listed', async () => {
    const others = [new FakeLane(), new FakeLane()];
    await using lanes = new DownloadLanes(new FakeLane(), openEach(others));
    lanes.expect(1000);
    await Promise.resolve();
    expect(others.map(({ isOpen }) => isOpen)).toEqual([false, false]);
    lanes.expect(1001);
    expect(others.map(({ isOpen }) => isOpen)).toEqual([true, true]);
  });

  test('that is given up closes the other connections', async () => {
    const others = [new FakeLane(), new FakeLane()];
    const { uids } = await download(100, openEach(others), 50);
    expect(uids.at(-1)).toBe(50);
    expect(others.map(({ isClosed }) => isClosed)).toEqual([true, true]);
  });
});
