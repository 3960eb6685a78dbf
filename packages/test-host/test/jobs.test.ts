import { describe, expect, test } from '@jest/globals';
import { GuidedJob, JobsHarness } from './jobs-harness.js';
import { failure } from './stores-harness.js';

const MINUTE = 60_000;
const request = { name: 'send-receive', detail: {} };

describe('a job', () => {
  test('runs at the start and again at the time that it gave', async () => {
    await using harness = await JobsHarness.open();
    const job = new GuidedJob('test.receive');
    harness.start(job);
    await harness.until(() => job.runs.length === 1);
    job.last.end({ kind: 'again', at: harness.clock.now() + MINUTE });
    await harness.clock.advance(MINUTE - 1);
    expect(job.runs).toHaveLength(1);
    await harness.clock.advance(1);
    expect(job.runs).toHaveLength(2);
    expect(job.last.fence).toBe(job.runs[0]?.fence);
  });

  test('has one run at a time', async () => {
    await using harness = await JobsHarness.open();
    const job = new GuidedJob('test.receive');
    harness.start(job);
    await harness.until(() => job.runs.length === 1);
    await harness.request('test.receive', request);
    await harness.clock.advance(MINUTE);
    expect(job.runs).toHaveLength(1);
    job.last.end({ kind: 'idle' });
    await harness.until(() => job.runs.length === 2);
  });

  test('is told of a request while it listens, and else with its next run', async () => {
    await using harness = await JobsHarness.open();
    const job = new GuidedJob('test.receive');
    harness.start(job);
    await harness.until(() => job.runs.length === 1);
    const heard: string[] = [];
    const subscription = job.last.onDidRequest(({ name }) => heard.push(name));
    await harness.request('test.receive', request);
    await harness.until(() => heard.length > 0);
    expect(heard).toEqual(['send-receive']);
    subscription.dispose();
    await harness.request('test.receive', { ...request, name: 'unheard' });
    job.last.end({ kind: 'idle' });
    await harness.until(() => job.runs.length === 2);
    expect(job.last.requests).toEqual([{ ...request, name: 'unheard' }]);
    job.last.end({ kind: 'idle' });
    await harness.request('test.receive', request);
    await harness.until(() => job.runs.length === 3);
    expect(job.last.requests).toEqual([request]);
  });

  test('that failed is tried again later and later, and at once on request', async () => {
    await using harness = await JobsHarness.open();
    const job = new GuidedJob('test.receive');
    harness.start(job);
    await harness.until(() => job.runs.length === 1);
    job.last.end({ kind: 'failed', failure });
    await harness.clock.advance(4_999);
    expect(job.runs).toHaveLength(1);
    await harness.clock.advance(5_001);
    expect(job.runs).toHaveLength(2);
    job.last.end({ kind: 'failed', failure });
    await harness.clock.advance(9_999);
    expect(job.runs).toHaveLength(2);
    await harness.request('test.receive', request);
    await harness.until(() => job.runs.length === 3);
    const at = harness.clock.now() + 20 * MINUTE;
    job.last.end({ kind: 'failed', failure: { ...failure, retry: { kind: 'backoff', at } } });
    await harness.clock.advance(20 * MINUTE - 1);
    expect(job.runs).toHaveLength(3);
    await harness.clock.advance(1);
    expect(job.runs).toHaveLength(4);
    job.last.end({ kind: 'failed', failure: { ...failure, retry: { kind: 'after-sign-in' } } });
    await harness.clock.advance(3 * 60 * MINUTE);
    expect(job.runs).toHaveLength(4);
  });

  test('that throws needs attention and is tried again', async () => {
    await using harness = await JobsHarness.open();
    const job = new GuidedJob('test.send');
    harness.start(job);
    await harness.until(() => job.runs.length === 1);
    job.last.fail(new Error('The plugin is broken'));
    const { health } = harness.practice.stores;
    await harness.until(async () => (await health.read()).length > 0);
    expect(await health.read()).toMatchObject([
      { part: 'send', state: 'needs attention', failure: { code: 'job.defect', fixedBy: 'vendor' } },
    ]);
    expect(harness.logger.events).toContainEqual({
      event: 'job.threw',
      data: { job: 'test.send', error: 'Error', at: expect.stringContaining('jobs.test') },
    });
    await harness.clock.advance(10_000);
    expect(job.runs).toHaveLength(2);
  });
});

describe('the lease', () => {
  test('ends with Finish: runs are aborted and begin anew under a higher fence', async () => {
    await using harness = await JobsHarness.open();
    const jobs = [new GuidedJob('test.receive'), new GuidedJob('test.send')];
    harness.start(...jobs);
    await harness.until(() => jobs.every(({ runs }) => runs.length === 1));
    const before = jobs.map(({ last }) => last);
    await harness.practice.commit();
    await harness.until(() => jobs.every(({ runs }) => runs.length === 2));
    for (const [index, job] of jobs.entries()) {
      expect(before[index]?.signal.aborted).toBe(true);
      expect(job.last.signal.aborted).toBe(false);
      expect(job.last.fence).toBeGreaterThan(before[index]?.fence ?? 0);
    }
  });

  test('ends with a restart, which does not wait for a back-off', async () => {
    await using harness = await JobsHarness.open();
    const job = new GuidedJob('test.receive');
    const runner = harness.start(job);
    await harness.until(() => job.runs.length === 1);
    job.last.end({ kind: 'failed', failure });
    await runner.restart();
    await harness.until(() => job.runs.length === 2);
    expect(job.last.fence).toBeGreaterThan(job.runs[0]?.fence ?? 0);
  });

  test('leaves a run behind that ignores its abort: its writes are refused, and the log says so', async () => {
    await using harness = await JobsHarness.open();
    const job = new GuidedJob('test.receive', false);
    const runner = harness.start(job);
    await harness.until(() => job.runs.length === 1);
    const ignorant = job.last;
    const restarted = runner.restart();
    await harness.clock.advance(4_999);
    expect(job.runs).toHaveLength(1);
    await harness.clock.advance(1);
    await restarted;
    await harness.until(() => job.runs.length === 2);
    const { configuration } = harness.practice.stores;
    expect(await configuration.writeSecret('tokens', 'late', ignorant.fence)).toMatchObject({ reason: 'stale-fence' });
    expect(await configuration.writeSecret('tokens', 'new', job.last.fence)).toEqual({ kind: 'done' });
    expect(harness.logger.events.map(({ event }) => event)).toContain('job.abandoned');
    expect(runner.openRuns).toBe(2);
    for (const run of job.runs) run.end({ kind: 'idle' });
  });

  test('lasts as long as the heart beats, and not longer', async () => {
    await using harness = await JobsHarness.open();
    const job = new GuidedJob('test.receive');
    harness.start(job);
    await harness.until(() => job.runs.length === 1);
    for (let beat = 0; beat < 20; beat += 1) {
      await harness.clock.advance(30_000);
      await job.last.heartbeat();
    }
    expect(job.runs).toHaveLength(1);
    const silent = job.last;
    await harness.clock.advance(3 * MINUTE);
    expect(silent.signal.aborted).toBe(true);
    expect(harness.logger.events).toContainEqual({ event: 'job.heart-stopped', data: { job: 'test.receive' } });
    expect(job.runs.length).toBeGreaterThan(1);
  });

  test('is kept while jobs only wait', async () => {
    await using harness = await JobsHarness.open();
    const job = new GuidedJob('test.receive');
    harness.start(job);
    await harness.until(() => job.runs.length === 1);
    job.last.end({ kind: 'idle' });
    await harness.clock.advance(60 * MINUTE);
    const { leases } = harness.practice.stores;
    expect(await leases.acquire('another server', 1000)).toMatchObject({ kind: 'held' });
    expect(job.runs).toHaveLength(1);
  });

  test('is given to one runner; another waits until the first has gone', async () => {
    await using harness = await JobsHarness.open();
    const [first, second] = [new GuidedJob('test.receive'), new GuidedJob('test.receive')];
    const runner = harness.start(first);
    await harness.until(() => first.runs.length === 1);
    harness.start(second);
    await harness.clock.advance(10 * MINUTE);
    expect(second.runs).toHaveLength(0);
    await runner[Symbol.asyncDispose]();
    await harness.clock.advance(2 * MINUTE);
    expect(second.runs).toHaveLength(1);
    expect(second.last.fence).toBeGreaterThan(first.last.fence);
  });

  test('taken by another server ends the runs with the next heartbeat', async () => {
    await using harness = await JobsHarness.open();
    const job = new GuidedJob('test.receive');
    harness.start(job);
    await harness.until(() => job.runs.length === 1);
    const { leases } = harness.practice.stores;
    harness.clock.jump(2 * MINUTE);
    expect(await leases.acquire('another server', 10 * MINUTE)).toMatchObject({ kind: 'granted' });
    await job.last.heartbeat();
    expect(job.last.signal.aborted).toBe(true);
  });

  test('that can’t be asked for or renewed ends the runs and is asked for again', async () => {
    await using harness = await JobsHarness.open();
    const { leases } = harness.practice.stores;
    let isDiskFull = true;
    const full = () => Promise.reject(new Error('The disk is full'));
    harness.leases = {
      acquire: (holder, duration) => (isDiskFull ? full() : leases.acquire(holder, duration)),
      renew: (holder, duration) => (isDiskFull ? full() : leases.renew(holder, duration)),
      release: (holder) => leases.release(holder),
    };
    const job = new GuidedJob('test.receive');
    harness.start(job);
    await harness.clock.advance(MINUTE);
    expect(job.runs).toHaveLength(0);
    isDiskFull = false;
    await harness.clock.advance(MINUTE);
    expect(job.runs).toHaveLength(1);
    isDiskFull = true;
    await job.last.heartbeat();
    expect(job.last.signal.aborted).toBe(true);
    isDiskFull = false;
    await harness.clock.advance(MINUTE);
    expect(job.runs).toHaveLength(2);
  });

  test('is given back at the end', async () => {
    await using harness = await JobsHarness.open();
    const job = new GuidedJob('test.receive');
    const runner = harness.start(job);
    await harness.until(() => job.runs.length === 1);
    await runner[Symbol.asyncDispose]();
    expect(job.last.signal.aborted).toBe(true);
    expect(runner.openRuns).toBe(0);
    expect(await harness.practice.stores.leases.acquire('next', 1000)).toMatchObject({ kind: 'granted' });
  });
});
