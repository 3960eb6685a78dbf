import { randomUUID } from 'node:crypto';
import type { NewAttachment, ProviderLimits } from '@exact/host-contracts';
import type { UploadedAttachment } from '../api/answers.js';
import { refusedFile } from '../api/email-limits.js';

/** What became of an upload. */
export type AddOutcome =
  | { readonly kind: 'added'; readonly attachment: UploadedAttachment }
  /** The provider would not take the email with it. */
  | { readonly kind: 'refused'; readonly sentence: string };

/** Attachments that a page has handed over for the email that is being written. */
export class AttachmentTray {
  private readonly attachments = new Map<string, NewAttachment>();

  add(attachment: NewAttachment, limits: ProviderLimits): AddOutcome {
    const { name, content } = attachment;
    const file = { name, size: content.byteLength };
    const here = [...this.attachments.values()].map((each) => each.content.byteLength);
    const sentence = refusedFile(file, { text: 0, attachments: here }, limits);
    if (sentence !== undefined) return { kind: 'refused', sentence };
    const id = randomUUID();
    this.attachments.set(id, attachment);
    return { kind: 'added', attachment: { id, ...file } };
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
}
