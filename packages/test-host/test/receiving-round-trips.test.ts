import { FakeClock } from '@exact/test-host';
import { describe, expect, test } from '@jest/globals';
import { createCertificates } from '../src/microsoft365/certificates.adapter.js';
import { systemClock } from '../src/microsoft365/clock.js';
import { MailboxRelay, ON_ANOTHER } from './mailbox-relay.js';
import { message, RECEPTION } from './mail-servers.js';
import { ReceivingPractice } from './receiving-practice.js';

const HALF_A_MINUTE_MS = 30_000;

/** The round trips of a dialogue, each with what the client said. What is said together is one. */
class RoundTrips {
  private made: string[] = [];
  private isAsking = false;
  private ring = (): void => undefined;

  constructor(relay: MailboxRelay) {
    relay.onStep = (step) => {
      if (!step.endsWith(ON_ANOTHER)) this.take(step);
      return Promise.resolve('goes on');
    };
  }

  /** Those since the last call, when the last of them has begun IDLE. */
  async untilIdle(): Promise<readonly string[]> {
    while (this.made.at(-1) !== 'IDLE' || this.isAsking) {
      await new Promise<void>((resolve) => {
        this.ring = resolve;
      });
    }
    const { made } = this;
    this.made = [];
    return made;
  }

  private take(step: string): void {
    const [, answer, command] = /^before (a line of |the end of )?(.*)$/.exec(step) ?? [];
    if (command === undefined) return;
    if (answer === undefined && this.isAsking) this.made.push(`${this.made.pop() ?? ''}, ${command}`);
    else if (answer === undefined) this.made.push(command);
    this.isAsking = answer === undefined;
    this.ring();
  }
}

/** A practice that watches a mailbox of so many messages. */
async function watching(count: number) {
  await using stack = new AsyncDisposableStack();
  const relay = stack.use(await MailboxRelay.start(await createCertificates(systemClock)));
  const trips = new RoundTrips(relay);
  const clock = new FakeClock();
  const practice = stack.use(
    await ReceivingPractice.open({
      clock,
      servers: { imap: { host: '127.0.0.1', port: relay.port }, ca: relay.certificates.ca },
      mail: Array.from({ length: count }, (_, index) => message(`number ${String(index)}`)),
    }),
  );
  const { port, ca = '' } = practice.microsoft365.services.imap;
  relay.leadTo({ port, ca });
  await trips.untilIdle();
  await practice.inbox(count);
  const owned = stack.move();
  return { clock, practice, trips, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

// IDLE begins anew behind each: a round trip that nobody waits for.
describe('a mailbox that is watched', () => {
  test.each([3, 3_000])(
    'of %d messages has each check done in one round trip when nothing has changed',
    async (count) => {
      await using watched = await watching(count);
      await watched.practice.sendReceive();
      expect(await watched.trips.untilIdle()).toEqual(['DONE', 'IDLE']);
      await watched.clock.advance(HALF_A_MINUTE_MS);
      expect(await watched.trips.untilIdle()).toEqual(['DONE', 'IDLE']);
    },
  );

  test('is asked once about messages that have come and gone while nobody watched', async () => {
    await using watched = await watching(3);
    const { practice, trips } = watched;
    await practice.setUp({ checkingTimes: [] });
    const { mailboxes } = practice.microsoft365;
    mailboxes.deliver(RECEPTION, message('comes and goes'));
    mailboxes.move(RECEPTION, 4, 'INBOX', 'Deleted Items');
    await practice.setUp();
    expect((await trips.untilIdle()).filter((each) => each === 'the list')).toHaveLength(1);
    await practice.sendReceive();
    expect(await trips.untilIdle()).toEqual(['DONE', 'IDLE']);
  });

  test('gives 100 new messages in a list and a group', async () => {
    await using watched = await watching(3);
    const { practice, trips } = watched;
    for (let index = 0; index < 100; index += 1) {
      practice.microsoft365.mailboxes.deliver(RECEPTION, message(`new ${String(index)}`));
    }
    expect(await trips.untilIdle()).toEqual(['DONE', 'the list', 'FETCH', 'IDLE']);
    await practice.inbox(103);
  });
});
