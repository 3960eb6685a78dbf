import type { InboxMessage } from '@exact/host-contracts';
import { useHost } from '../api/host-context.js';
import { Button } from '../common/button.js';
import { formatSize } from '../common/format.js';
import { useAction } from '../common/use-action.js';
import { saveDownload } from '../common/save-download.js';

/** The attachments of a received message, each to be saved. */
export function AttachmentList({ message }: { message: InboxMessage }) {
  const host = useHost();
  const { busy, run } = useAction();
  const { attachments } = message.index;
  if (attachments.length === 0) return null;
  return (
    <section aria-label="Attachments">
      <h4>Attachments</h4>
      <ul className="attachments">
        {attachments.map(({ name, size, position }) => {
          const shown = name === '' ? `Attachment ${(position + 1).toString()}` : name;
          const path = `/api/inbox/${message.id.toString()}/attachments/${position.toString()}`;
          return (
            <li key={position}>
              {shown} <span className="hint">{formatSize(size)}</span>
              <Button
                look="quiet"
                disabled={busy}
                label={`Save ${shown}`}
                onPress={() => {
                  run(() => saveDownload(host, path, shown));
                }}
              >
                Save
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
