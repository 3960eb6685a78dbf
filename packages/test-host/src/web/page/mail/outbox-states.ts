import type { OutboxDecision, OutboxRow, OutboxState } from '@exact/host-contracts';
import { formatTime } from '../common/format.js';
import { describeNews } from './delivery-news.js';

const WORDS: Readonly<Record<OutboxState, string>> = {
  queued: 'Waiting to be sent',
  claimed: 'About to be sent',
  submitting: 'Being sent',
  sent: 'Sent',
  failed: 'Failed',
  uncertain: 'Unclear whether it arrived',
  held: 'Held until somebody releases it',
  stopped: 'Stopped before it left',
};

/** Where an email stands, in plain words, with the reason where there is one. */
export function describeState(row: OutboxRow): string {
  const { state, failure, notBefore } = row;
  const news = state === 'sent' ? describeNews(row) : undefined;
  const words = news ?? WORDS[state];
  if (failure) return `${words}. ${failure.sentence}`;
  if (state === 'queued' && notBefore !== undefined) return `${words}, not before ${formatTime(notBefore)}`;
  return words;
}

const DECIDED: Readonly<Record<OutboxDecision['decision'], string>> = {
  released: 'Released',
  reset: 'Reset',
  stopped: 'Stopped',
  arrived: 'Said to have arrived',
  'sent again': 'Sent again',
};

/** What a person did about it, as a name and who and when. */
export function describeDecision({ decision, by, at }: OutboxDecision): readonly [string, string] {
  return [DECIDED[decision], `${formatTime(at)} by ${by}`];
}

/** What a person should know before they press a button of this state. */
export const EXPLANATIONS: Partial<Readonly<Record<OutboxState, string>>> = {
  held: 'Release it if it should still go out, or stop it.',
  uncertain:
    'The connection broke at the last moment, and the email is not among the sent ones. Ask the recipient if you can. “Send again” may make them get it twice.',
  failed: 'Reset it to send it again. Only those who did not get it are written to.',
};

/** The same of a sent email that came back. */
export const CAME_BACK =
  'Is the address right? Then reset it to send it again to those who did not get it. Is it wrong? Then write a new email to the right one.';
