import {
  type Event,
  FailureError,
  type FinishOutcome,
  type Failure,
  type JsonValue,
  type PageModel,
  type Wizard,
  type WizardContribution,
  type WizardPage,
} from '@exact/host-contracts';
import { Emitter } from '../stores/emitter.js';
import type { WizardFrame, WizardView } from './host.js';

/** Where the user stands in the wizard. */
interface Place {
  readonly page: WizardPage;
  readonly index: number;
  readonly isLast: boolean;
}

/** The host's frame around a plugin's wizard: Back, Next, Finish, Cancel. */
export class HostWizardFrame implements WizardFrame {
  readonly #changes = new Emitter<void>();
  readonly #subscription: { dispose(): void };
  #pageId: string;
  #refused: Failure | undefined;
  #finishing: Promise<FinishOutcome> | undefined;
  #disposal: Promise<void> | undefined;
  /** What the user did is done in the order in which they did it. */
  #last: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly title: string,
    private readonly wizard: Wizard,
    first: WizardPage,
    private readonly closed: (frame: HostWizardFrame) => void,
  ) {
    this.#pageId = first.id;
    this.#subscription = wizard.onDidChange(() => this.#changes.fire());
  }

  /** Opens the wizard on its first page. `closed` is told once. @throws what the plugin throws */
  static async open(
    contribution: WizardContribution,
    closed: (frame: HostWizardFrame) => void,
  ): Promise<HostWizardFrame> {
    await using opening = new AsyncDisposableStack();
    const wizard = opening.use(await contribution.open());
    const [first] = wizard.pages();
    if (!first) throw new Error(`The wizard ${contribution.id} has no page`);
    await first.enter();
    opening.move();
    return new HostWizardFrame(contribution.title, wizard, first, closed);
  }

  readonly onDidChange: Event<void> = this.#changes.event;

  async view(): Promise<WizardView> {
    const { page, index, isLast } = this.#place();
    const model = await page.model();
    const mayGo = model.verdict.kind === 'next';
    return {
      title: this.title,
      pageId: page.id,
      page: model,
      canGoBack: index > 0,
      canGoNext: mayGo && !isLast,
      canFinish: mayGo && isLast,
      isLast,
      ...(this.#refused && { refused: this.#refused }),
    };
  }

  change(control: string, value: JsonValue): Promise<void> {
    return this.#inOrder(() => this.#place().page.change(control, value));
  }

  press(control: string): Promise<void> {
    return this.#inOrder(() => this.#place().page.press(control));
  }

  /** Not in order with the rest: a sign-in may last as long as a person takes. */
  receive(message: JsonValue): Promise<JsonValue> {
    return this.#place().page.receive(message);
  }

  back(): Promise<void> {
    return this.#inOrder(() => this.#turn(-1));
  }

  next(): Promise<void> {
    return this.#inOrder(async () => {
      const { page } = this.#place();
      if (mayLeave(await page.model())) await this.#turn(1);
    });
  }

  /** Pressed twice it finishes once. */
  finish(): Promise<FinishOutcome> {
    this.#finishing ??= this.#inOrder(() => this.#finish()).finally(() => {
      this.#finishing = undefined;
    });
    return this.#finishing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#disposal ??= this.#dispose();
    return this.#disposal;
  }

  async #finish(): Promise<FinishOutcome> {
    const { page, isLast } = this.#place();
    const { verdict } = await page.model();
    if (!isLast || verdict.kind === 'stay') return { kind: 'refused', failure: notYet(verdict) };
    const outcome = await this.wizard.finish();
    this.#refused = outcome.kind === 'refused' ? outcome.failure : undefined;
    if (outcome.kind === 'finished') await this[Symbol.asyncDispose]();
    else this.#changes.fire();
    return outcome;
  }

  async #turn(by: 1 | -1): Promise<void> {
    const target = this.wizard.pages()[this.#place().index + by];
    if (!target) return;
    this.#pageId = target.id;
    this.#refused = undefined;
    await target.enter();
    this.#changes.fire();
  }

  /** A page that the draft no longer asks for gives way to the first. @throws FailureError `wizard.closed` */
  #place(): Place {
    if (this.#disposal) throw new FailureError(CLOSED);
    const pages = this.wizard.pages();
    const index = Math.max(
      0,
      pages.findIndex(({ id }) => id === this.#pageId),
    );
    const page = pages[index];
    if (!page) throw new Error('The wizard has no page');
    return { page, index, isLast: index === pages.length - 1 };
  }

  #inOrder<T>(step: () => Promise<T>): Promise<T> {
    const done = this.#last.then(step);
    this.#last = done.catch(() => undefined);
    return done;
  }

  async #dispose(): Promise<void> {
    this.closed(this);
    this.#subscription.dispose();
    await this.wizard[Symbol.asyncDispose]();
    this.#changes.fire();
  }
}

const CLOSED: Failure = {
  code: 'wizard.closed',
  sentence: 'This window is closed.',
  fixedBy: 'user',
  advice: 'Open it again from the menu.',
  retry: { kind: 'never' },
};

function notYet(verdict: PageModel['verdict']): Failure {
  return {
    code: 'wizard.not-yet',
    sentence: verdict.kind === 'stay' ? verdict.because : 'There are more pages to answer.',
    fixedBy: 'user',
    advice: '',
    retry: { kind: 'never' },
  };
}

function mayLeave({ verdict }: PageModel): boolean {
  return verdict.kind === 'next';
}
