import type { OutboxEmail } from '@exact/host-contracts';
import type { OutboxMessage } from '../api/answers.js';
import type { Handlers, MethodsOf } from './handler.js';
import { inlinePictures } from './inline-pictures.js';

/** More news than anybody has. */
const MOST_NEWS = 500;

/** Inbox and outbox. */
export const mailHandlers: Handlers<MethodsOf<'inbox' | 'outbox'>> = {
  'inbox.list': ({ host, input }) => host.inbox.list(input),
  async 'inbox.read'({ host, input }) {
    const message = await host.inbox.read(input.id);
    const report = message?.index.deliveryReport;
    const reported = report && (await host.outbox.findReported(report));
    return message ? { ...message, ...(reported !== undefined && { reported }) } : null;
  },
  'inbox.pictures': ({ host, input }) => inlinePictures(host.inbox, input.id),
  async 'inbox.mark-read'({ host, input }) {
    await host.inbox.markRead(input.id, input.read);
    return null;
  },
  async 'inbox.move'({ host, input }) {
    await host.inbox.move(input.ids, input.folder);
    return null;
  },
  async 'inbox.link'({ host, input }) {
    await host.inbox.link(input.id, input.patient ?? undefined);
    return null;
  },

  'outbox.list': ({ host, input }) => host.outbox.list(input),
  'outbox.reasons': ({ host }) => host.outbox.reasons(),
  async 'outbox.read'({ host, input }) {
    const email = await host.outbox.read(input.id);
    return email ? toShow(email) : null;
  },
  async 'outbox.release'({ host, input }) {
    await host.outbox.release(input.ids);
    return null;
  },
  async 'outbox.stop'({ host, input }) {
    await host.outbox.stop(input.ids);
    return null;
  },
  async 'outbox.reset'({ host, input }) {
    await host.outbox.reset(input.ids);
    return null;
  },
  async 'outbox.reset-failed'({ host }) {
    const failed = { view: 'failed', offset: 0, limit: 500 } as const;
    let reset = 0;
    // What is reset leaves the list; an email that fails again meanwhile is left for the next press.
    for (
      let { rows, total } = await host.outbox.list(failed);
      reset < total;
      { rows } = await host.outbox.list(failed)
    ) {
      if (rows.length === 0) break;
      await host.outbox.reset(rows.map(({ id }) => id));
      reset += rows.length;
    }
    return { reset };
  },
  async 'outbox.news'({ host }) {
    const { rows } = await host.outbox.list({ view: 'undelivered', offset: 0, limit: MOST_NEWS });
    return { emails: rows.filter(({ isNews }) => isNews).length };
  },
  async 'outbox.mark-seen'({ host, input }) {
    await host.outbox.markSeen(input.ids);
    return null;
  },
  async 'outbox.decide'({ host, input }) {
    await host.outbox.decide(input.id, input.decision);
    return null;
  },
};

function toShow({ email, raw: _bytes, ...row }: OutboxEmail): OutboxMessage {
  const attachments = email.attachments.map(({ name, content }) => ({ name, size: content.byteLength }));
  return { ...row, text: email.text, attachments };
}
