import { startTestHost, type TestHost } from '@exact/test-host';
import { until } from '../../test/set-up-walk.js';
import { bigMailbox } from './big-mailbox.js';
import { MbsyncStore, mbsyncStart } from './clients.js';
import type { PracticeMailbox } from './practice-mailbox.js';
import type { Distance } from './relay.js';
import { median } from './table.js';
import { verdict } from './verdict.js';
import { Way } from './way.js';

const NEW = 100;
/** Seeds from here on make none of the messages that are there. */
const OTHER_MAIL = 1_000_000;
const NO_DISTANCE: Distance = { roundTripMs: 0 };

/** How long one look at the mailbox took, and how often it went there and back. */
interface Look {
  readonly milliseconds: number;
  readonly trips: number;
}

/** The looks of one turn. */
interface Turn {
  readonly check: Look;
  readonly news: Look;
  readonly mbsyncCheck: Look;
  readonly mbsyncNews: Look;
  readonly mbsyncStart: number;
}

/**
 * Checks without news, and 100 new messages, on the connection that the plugin keeps after the download, beside runs of mbsync
 * on its store. The plugin always comes first, so that Dovecot's index of new messages is made at its expense.
 *
 * @param turns how often each does it
 * @returns how many messages it has delivered
 */
export async function compareNewMail(
  mailbox: PracticeMailbox,
  messages: number,
  ways: readonly { readonly title: string; readonly distance?: Distance }[],
  turns: number,
): Promise<number> {
  await using way = await Way.open(mailbox.port, NO_DISTANCE);
  await using store = await MbsyncStore.open(mailbox, way.port);
  await store.sync();
  await using testHost = await startTestHost(await mailbox.copy(way.port));
  const kept = new KeptConnection(testHost, way);
  await way.tripsOf(() => kept.untilStored(messages));
  let present = messages;
  for (const { title, distance = NO_DISTANCE } of ways) {
    way.become(distance);
    const done: Turn[] = [];
    while (done.length < turns) {
      const check = await kept.check();
      const mbsyncCheck = await lookOf(way, store);
      const arrive = await mailbox.prepare(bigMailbox(NEW, OTHER_MAIL + present));
      present += NEW;
      await arrive();
      const news = await kept.receive(present);
      const mbsyncNews = await lookOf(way, store);
      done.push({ check, mbsyncCheck, news, mbsyncNews, mbsyncStart: (await mbsyncStart()).seconds * 1000 });
    }
    print(title, done);
  }
  return present - messages;
}

/** A test host that has received everything and watches the mailbox. */
class KeptConnection {
  constructor(
    private readonly testHost: TestHost,
    private readonly way: Way,
  ) {}

  /** From Send/Receive until all is done and IDLE begins anew. */
  check(): Promise<Look> {
    return this.look(async () => {
      const isIdle = this.way.untilTrips(2);
      await this.sendReceive();
      await isIdle;
    });
  }

  /** From Send/Receive, which finds new messages lying there, until so many are stored. */
  receive(count: number): Promise<Look> {
    return this.look(async () => {
      await this.sendReceive();
      await this.untilStored(count);
    });
  }

  untilStored(count: number): Promise<void> {
    const { inbox } = this.testHost.stores;
    return until(inbox.onDidChange, async () => {
      return (await inbox.list({ folder: 'inbox', offset: 0, limit: 1 })).total >= count;
    });
  }

  private async look(work: () => Promise<void>): Promise<Look> {
    let milliseconds = NaN;
    const trips = await this.way.tripsOf(async () => {
      const start = performance.now();
      await work();
      milliseconds = performance.now() - start;
    });
    // The last one begins IDLE anew: nobody waits for it.
    return { milliseconds, trips: trips - 1 };
  }

  private async sendReceive(): Promise<void> {
    await this.testHost.host.runCommand({ command: 'email.send-receive' });
  }
}

async function lookOf(way: Way, store: MbsyncStore): Promise<Look> {
  let milliseconds = NaN;
  const trips = await way.tripsOf(async () => {
    milliseconds = (await store.sync()).seconds * 1000;
  });
  return { milliseconds, trips };
}

function print(title: string, turns: readonly Turn[]): void {
  const middle = (of: (turn: Turn) => number): number => median(turns.map(of)) ?? NaN;
  console.log(`\n${title}, new mail (${turns.length.toString()} turns)`);
  console.log(['median ms', 'round trips'].map((cell) => cell.padStart(15)).join(''));
  for (const [what, of] of [
    ['nothing new: the plugin, on the connection that it keeps', (turn: Turn) => turn.check],
    ['nothing new: mbsync, with its start and sign-in', (turn: Turn) => turn.mbsyncCheck],
    [`${NEW.toString()} new: the plugin, until they are stored`, (turn: Turn) => turn.news],
    [`${NEW.toString()} new: mbsync, with its start and sign-in`, (turn: Turn) => turn.mbsyncNews],
  ] as const) {
    const cells = [middle((turn) => of(turn).milliseconds).toFixed(1), middle((turn) => of(turn).trips).toFixed(0)];
    console.log(`${cells.map((cell) => cell.padStart(15)).join('')}  ${what}`);
  }
  const news = middle(({ news }) => news.milliseconds);
  const withoutStart = middle(({ mbsyncNews, mbsyncStart }) => mbsyncNews.milliseconds - mbsyncStart);
  const beyondCheck = middle(({ mbsyncNews, mbsyncCheck }) => mbsyncNews.milliseconds - mbsyncCheck.milliseconds);
  const most = Math.max(...turns.map(({ check }) => check.trips));
  console.log(verdict('round trips of a check without news, at most', most, 1));
  console.log(verdict(`times mbsync for ${NEW.toString()} new, its process start left out`, news / withoutStart, 1));
  console.log(
    `${(news / beyondCheck).toFixed(2).padStart(8)}  the same, what mbsync needs without news left out as well`,
  );
}
