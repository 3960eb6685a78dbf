import type { RecipientOutcome } from '@exact/host-contracts';
import { failureFor } from '../failures/failures.js';
import type { TransactionEnd } from './nodemailer/smtp-connection.adapter.js';
import { lostAfterData, lostBeforeData } from './smtp-failures.js';
import type { SubmitOutcome } from './submission.js';

/**
 * What the end of a mail transaction means for the email.
 *
 * @param wireAddresses each recipient as given, with how it was sent; `undefined` when it can be no address
 */
export function submitOutcome(
  end: TransactionEnd,
  wireAddresses: ReadonlyMap<string, string | undefined>,
): SubmitOutcome {
  const replies = new Map(end.refused.map(({ address, reply }) => [address, reply]));
  const recipientsWith = (others: (address: string) => RecipientOutcome): readonly RecipientOutcome[] =>
    [...wireAddresses].map(([address, sentAs]) => {
      const reply = sentAs === undefined ? '501 5.1.3 Invalid address' : replies.get(sentAs);
      return reply === undefined
        ? others(address)
        : { address, outcome: 'refused', failure: failureFor('smtp', reply) };
    });
  switch (end.kind) {
    case 'taken':
      return { kind: 'accepted', recipients: recipientsWith((address) => ({ address, outcome: 'accepted' })) };
    case 'refused': {
      const failure = failureFor('smtp', end.reply);
      return {
        kind: 'refused',
        failure,
        status: /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(end.reply)?.[1] ?? '',
        recipients: recipientsWith((address) => ({ address, outcome: 'refused', failure })),
      };
    }
    case 'broken':
      if (!end.isHandedOver) return { kind: 'not-sent', failure: lostBeforeData(end.words) };
      return {
        kind: 'uncertain',
        failure: lostAfterData(end.words),
        recipients: recipientsWith((address) => ({ address, outcome: 'pending' })),
      };
  }
}
