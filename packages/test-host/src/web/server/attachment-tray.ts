import { randomUUID } from 'node:crypto';
import type { NewAttachment } from '@exact/host-contracts';
import type { UploadedAttachment } from '../api/answers.js';
import { ATTACHMENTS_LIMIT } from '../api/page-events.js';

/** What became of an upload. */
export type AddOutcome =
  | { readonly kind: 'added'; readonly attachment: UploadedAttachment }
  /** All attachments of an email together are limited. */
  | { readonly kind: 'too-large'; readonly sentence: string };

/** Attachments that a page has handed over for the email that is being written. */
export class AttachmentTray {
  private readonly attachments = new Map<string, NewAttachment>();

  add(attachment: NewAttachment): AddOutcome {
    if (this.bytes() + attachment.content.byteLength > ATTACHMENTS_LIMIT) {
      const limit = ATTACHMENTS_LIMIT / 1_000_000;
      const sentence = `“${attachment.name}” was not attached: the attachments of an email may have ${limit.toString()} MB together.`;
      return { kind: 'too-large', sentence };
    }
    const id = randomUUID();
    this.attachments.set(id, attachment);
    return { kind: 'added', attachment: { id, name: attachment.name, size: attachment.content.byteLength } };
  }

  /** In the order asked; `undefined` when one of them is not there any more. */
  take(ids: readonly string[]): readonly NewAttachment[] | undefined {
    const found = ids.map((id) => this.attachments.get(id)).filter((each) => each !== undefined);
    return found.length === ids.length ? found : undefined;
  }

  remove(ids: readonly string[]): void {
    for (const id of ids) this.attachments.delete(id);
  }

  clear(): void {
    this.attachments.clear();
  }

  private bytes(): number {
    return [...this.attachments.values()].reduce((sum, { content }) => sum + content.byteLength, 0);
  }
}
