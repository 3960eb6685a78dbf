import type { AutomaticKind, DeliveryReport, RecipientReport } from '@exact/host-contracts';
import type { ShownMessage } from '../../api/answers.js';
import { Button } from '../common/button.js';

/** What a message is, for a list: nothing when a person wrote it. */
export function originWords(automatic: AutomaticKind | undefined, report?: DeliveryReport): string | undefined {
  if (report) return reportWords(report);
  return automatic && ORIGINS[automatic];
}

const ORIGINS: Partial<Readonly<Record<AutomaticKind, string>>> = { reply: 'Automatic reply', receipt: 'Read receipt' };

function reportWords({ recipients }: DeliveryReport): string {
  if (recipients.some(({ result }) => result === 'failed')) return 'Not delivered';
  return recipients.some(({ result }) => result === 'delayed') ? 'Late' : 'Delivered';
}

/** What a delivery report says in plain words, and the email that it is about. */
export function ReportNotice({ message, onShow }: { message: ShownMessage; onShow: (email: number) => void }) {
  const { reported, index } = message;
  const { deliveryReport } = index;
  if (!deliveryReport) return null;
  if (reported === undefined) {
    return (
      <p className="card info">
        This says what became of an email, but not of one that EXACT has sent. Be careful: anybody can write such a
        message.
      </p>
    );
  }
  return (
    <section className="card warning" aria-label="Delivery report">
      {deliveryReport.recipients.map((recipient) => (
        <p key={recipient.addresses.join(' ')}>{sentenceOf(recipient)}</p>
      ))}
      <Button
        onPress={() => {
          onShow(reported);
        }}
      >
        Show the email
      </Button>
    </section>
  );
}

function sentenceOf(recipient: RecipientReport): string {
  const address = recipient.addresses[0] ?? '';
  switch (recipient.result) {
    case 'failed':
      return `Your email to ${address} did not arrive. ${recipient.failure.sentence}`;
    case 'delayed':
      return `Your email to ${address} is late. Microsoft keeps trying.`;
    case 'delivered':
      return `Your email to ${address} has arrived.`;
  }
}
