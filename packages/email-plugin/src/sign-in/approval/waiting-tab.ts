import type { Clock } from '@exact/host-contracts';
import type { NextStep } from './approval-room.js';

/** A page in the browser that has not been heard of for so long is closed, milliseconds. */
const SILENCE_MS = 30_000;
/** Browsers give up a request that stays without an answer for five minutes. */
const LONGEST_REQUEST_MS = 4 * 60_000;

/** The tab of the browser in which the person signed in: where it is, and how it is told to go on. */
export class WaitingTab {
  private place: 'at-microsoft' | 'waiting-page' | 'closed' = 'at-microsoft';
  private question: PromiseWithResolvers<NextStep> | undefined;
  private silence = new AbortController();

  constructor(
    private readonly clock: Clock,
    private readonly over: AbortSignal,
    private readonly changed: () => void,
  ) {
    over.addEventListener('abort', () => {
      this.question?.resolve('over');
    });
  }

  get where(): 'at-microsoft' | 'waiting-page' | 'closed' {
    return this.place;
  }

  /** It shows the waiting page, or is on its way there: if it does not come, it is closed. */
  comesBack(): void {
    this.go('waiting-page');
    void this.watchSilence();
  }

  /** It shows a page of Microsoft's, where a person takes as long as they like. */
  leaves(): void {
    this.silence.abort();
    this.go('at-microsoft');
  }

  isLost(): void {
    this.silence.abort();
    this.go('closed');
  }

  /** Whether it was there to be told. */
  tell(step: NextStep): boolean {
    this.question?.resolve(step);
    return this.question !== undefined;
  }

  /**
   * The tab asks what to do: `due` in `wait` milliseconds, unless it is told something else before, closes (`left`), or
   * another tab comes and asks.
   */
  async asks(wait: number, due: NextStep, left: AbortSignal): Promise<NextStep> {
    if (this.over.aborted) return 'over';
    this.question?.resolve('elsewhere');
    const question = Promise.withResolvers<NextStep>();
    this.question = question;
    this.silence.abort();
    this.go('waiting-page');
    left.addEventListener('abort', () => {
      question.resolve('again');
    });
    const answered = new AbortController();
    const isLong = wait > LONGEST_REQUEST_MS;
    void passed(this.clock, isLong ? LONGEST_REQUEST_MS : wait, answered.signal).then((isDue) => {
      if (isDue) question.resolve(isLong ? 'again' : due);
    });
    const step = await question.promise;
    answered.abort();
    if (this.question === question) {
      this.question = undefined;
      void this.watchSilence();
    }
    return step;
  }

  private async watchSilence(): Promise<void> {
    this.silence.abort();
    const silence = new AbortController();
    this.silence = silence;
    if (await passed(this.clock, SILENCE_MS, AbortSignal.any([silence.signal, this.over]))) this.go('closed');
  }

  private go(place: WaitingTab['place']): void {
    if (this.place === place) return;
    this.place = place;
    this.changed();
  }
}

/** Whether the time has passed rather than been cut short. */
export async function passed(clock: Clock, time: number, signal: AbortSignal): Promise<boolean> {
  try {
    await clock.sleep(time, signal);
    return true;
  } catch {
    return false;
  }
}
