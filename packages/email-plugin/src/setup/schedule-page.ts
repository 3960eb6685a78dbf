import type { Control, JsonValue, PageModel, ProviderLimits, Verdict, WizardPage } from '@exact/host-contracts';
import { z } from 'zod';
import { daySpan, timeOfDay } from '../settings/settings.js';
import { controlValue, unknownControl } from './control-value.js';
import type { Draft } from './draft.js';

const CHECK_EVERY = { minimum: 1, maximum: 1440 };
const DELAY = { minimum: 0, maximum: 3600 };

/** Third page: when email is sent and received. */
export class SchedulePage implements WizardPage {
  readonly id = 'schedule';
  /** What stands in the number fields; the draft keeps the last good value. */
  private checkEvery: number | null;
  private delay: number | null;

  constructor(
    private readonly draft: Draft,
    private readonly limits: ProviderLimits,
  ) {
    this.checkEvery = draft.schedule.checkEveryMinutes;
    this.delay = draft.schedule.delayBetweenEmailsSeconds;
  }

  model(): Promise<PageModel> {
    return Promise.resolve({
      title: 'Scheduled Send and Receive',
      controls: [...this.sending(), ...this.receiving()],
      verdict: this.verdict(),
    });
  }

  async change(control: string, value: JsonValue): Promise<void> {
    const { schedule } = this.draft;
    switch (control) {
      case 'send-immediately':
        this.set({ ...schedule, sendImmediately: controlValue(z.boolean(), value) });
        break;
      case 'delay':
        this.delay = controlValue(z.number().nullable(), value);
        this.set(isWithin(this.delay, DELAY) ? { ...schedule, delayBetweenEmailsSeconds: this.delay } : schedule);
        break;
      case 'check-every':
        this.checkEvery = controlValue(z.number().nullable(), value);
        this.set(
          isWithin(this.checkEvery, CHECK_EVERY) ? { ...schedule, checkEveryMinutes: this.checkEvery } : schedule,
        );
        break;
      case 'checking-times':
        this.set({ ...schedule, checkingTimes: controlValue(z.array(daySpan).max(70), value) });
        break;
      case 'preset-times':
        this.set({ ...schedule, presetTimes: [...new Set(controlValue(z.array(timeOfDay).max(48), value))].sort() });
        break;
      default:
        throw unknownControl(control);
    }
    return Promise.resolve();
  }

  enter(): Promise<void> {
    return Promise.resolve();
  }

  press(control: string): Promise<void> {
    return Promise.reject(unknownControl(control));
  }

  receive(): Promise<JsonValue> {
    return Promise.resolve(null);
  }

  private set(schedule: Draft['schedule']): void {
    this.draft.update((draft) => {
      draft.schedule = schedule;
    });
  }

  private sending(): readonly Control[] {
    const { schedule } = this.draft;
    return [
      {
        kind: 'checkbox',
        id: 'send-immediately',
        text: 'Send all email immediately',
        value: schedule.sendImmediately,
        hint: 'Otherwise email waits in the Outbox until somebody presses Send/Receive, or until a preset time.',
      },
      {
        kind: 'number',
        id: 'delay',
        text: 'Delay between emails (seconds)',
        value: this.delay,
        ...DELAY,
        hint: `Microsoft allows ${count(this.limits.messagesPerMinute)} emails a minute and ${count(this.limits.recipientsPerDay)} recipients a day. EXACT keeps to that by itself.`,
        ...problem(this.delay, DELAY),
      },
    ];
  }

  private receiving(): readonly Control[] {
    const { schedule } = this.draft;
    return [
      {
        kind: 'weeklyTimes',
        id: 'checking-times',
        text: 'Check the mailbox at these times',
        value: schedule.checkingTimes,
        hint: 'During these times new email comes in within seconds. Remove all of them to receive only by Send/Receive and at the preset times.',
      },
      {
        kind: 'number',
        id: 'check-every',
        text: 'Check every (minutes)',
        value: this.checkEvery,
        ...CHECK_EVERY,
        hint: 'In case Microsoft does not tell EXACT of new email by itself.',
        ...problem(this.checkEvery, CHECK_EVERY),
      },
      {
        kind: 'timesOfDay',
        id: 'preset-times',
        text: 'Send and receive at these times of day',
        value: schedule.presetTimes,
        hint: 'At these times everything is sent and received, outside of the times above too.',
      },
    ];
  }

  private verdict(): Verdict {
    const isGood = isWithin(this.checkEvery, CHECK_EVERY) && isWithin(this.delay, DELAY);
    return isGood ? { kind: 'next' } : { kind: 'stay', because: 'Correct the number that is marked.' };
  }
}

function isWithin(value: number | null, { minimum, maximum }: { minimum: number; maximum: number }): value is number {
  return value !== null && Number.isInteger(value) && value >= minimum && value <= maximum;
}

function problem(value: number | null, range: { minimum: number; maximum: number }): { problem?: string } {
  if (isWithin(value, range)) return {};
  return { problem: `Type a whole number from ${count(range.minimum)} to ${count(range.maximum)}.` };
}

function count(value: number): string {
  return value.toLocaleString('en');
}
