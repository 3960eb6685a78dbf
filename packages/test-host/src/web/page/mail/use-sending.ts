import type { FailingAddress } from '@exact/host-contracts';
import { useState } from 'react';
import type { SendAnswer } from '../../api/answers.js';
import { useHost } from '../api/host-context.js';
import type { Draft } from './draft.js';

/** Sends the email that is being written, and keeps what was said against it. */
export function useSending() {
  const host = useHost();
  const [problems, setProblems] = useState<readonly string[]>([]);
  const [failing, setFailing] = useState<readonly FailingAddress[]>([]);
  return {
    /** What must be put right, a sentence each. */
    problems,
    setProblems,
    /** Whose last email did not arrive: a person may send all the same. */
    failing,
    setFailing,
    async send(written: Draft, attachments: readonly string[]): Promise<SendAnswer['kind']> {
      const answer = await host.call('email.send', {
        ...written,
        references: [...written.references],
        attachments: [...attachments],
        despiteFailing: failing.length > 0,
      });
      setProblems(problemsOf(answer));
      setFailing(answer.kind === 'failing-addresses' ? answer.addresses : []);
      return answer.kind;
    },
  };
}

function problemsOf(answer: SendAnswer): readonly string[] {
  switch (answer.kind) {
    case 'queued':
    case 'failing-addresses':
      return [];
    case 'bad-addresses':
    case 'over-limits':
      return answer.problems;
    case 'attachments-gone':
      return ['The attachments were lost on the way. Attach them again, then press Send.'];
    case 'off':
      return [
        'Email is off, so this was not sent. Set email up under Configure > Email and SMS Setup. Copy the text first: it is kept only while this window is open.',
      ];
  }
}
