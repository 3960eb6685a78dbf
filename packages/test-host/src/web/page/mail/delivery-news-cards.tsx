import type { OutboxMessage } from '../../api/answers.js';
import { FailureCard } from '../common/failure-card.js';
import { formatTime } from '../common/format.js';
import { recipientsWith, type RecipientWithNews } from './delivery-news.js';

/** Whom the email did not reach, and for whom it is late: why, and what to do. */
export function DeliveryNewsCards({ email }: { email: OutboxMessage }) {
  return (
    <>
      {recipientsWith(email, 'failed').map((recipient) => (
        <NewsCard key={recipient.address} recipient={recipient} title="did not get it" />
      ))}
      {recipientsWith(email, 'delayed').map((recipient) => (
        <NewsCard key={recipient.address} recipient={recipient} title="has not got it yet" />
      ))}
    </>
  );
}

function NewsCard({ recipient, title }: { recipient: RecipientWithNews; title: string }) {
  const { address, news } = recipient;
  return (
    <section aria-label={`${address} ${title}`}>
      <h4>
        {address} {title}
      </h4>
      <FailureCard
        failure={news.failure}
        severity={news.result === 'failed' ? 'warning' : 'info'}
        again={`Reported ${formatTime(news.at)}.`}
      />
    </section>
  );
}
