import { useLive } from '../api/use-live.js';
import { Button } from '../common/button.js';
import { formatCount } from '../common/format.js';

/** What came back and nobody has looked at yet. */
export function UndeliveredNotice({ onShow }: { onShow: () => void }) {
  const news = useLive('outbox.news', {}, ['outbox']);
  if (!news || news.emails === 0) return null;
  return (
    <div className="card warning undelivered-notice" role="status">
      <p>{formatCount(news.emails, 'email that you sent', 'emails that you sent')} did not arrive.</p>
      <Button onPress={onShow}>Show</Button>
    </div>
  );
}
