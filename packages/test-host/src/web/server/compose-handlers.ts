import type { NewEmail } from '@exact/host-contracts';
import type { AddedAttachments, SendAnswer } from '../api/answers.js';
import { overLimits } from '../api/email-limits.js';
import type { CheckedInput } from '../api/inputs.js';
import type { Call, Handlers, MethodsOf } from './handler.js';
import { readRecipients, type Recipients } from './recipients.js';
import { receivedAttachments } from './received-attachments.js';

/** Writing an email. */
export const composeHandlers: Handlers<MethodsOf<'email' | 'address' | 'attachment'>> = {
  'email.limits': ({ host }) => host.mailLimits(),
  'email.send': send,
  'address.failing': ({ host, input }) => host.outbox.failingAddresses(input.addresses),
  async 'address.trust'({ host, input }) {
    await host.outbox.trustAddress(input.address);
    return null;
  },
  'attachment.remove'({ page, input }) {
    page.attachments.remove([input.attachment]);
    return Promise.resolve(null);
  },
  'attachment.add-received': addReceived,
};

async function send({ host, page, input }: Call<'email.send'>): Promise<SendAnswer> {
  const recipients = readRecipients(input);
  if (recipients.kind === 'bad') return { kind: 'bad-addresses', problems: recipients.problems };
  const everybody = [...recipients.to, ...recipients.cc, ...recipients.bcc].map(({ address }) => address);
  const attachments = page.attachments.take(input.attachments);
  if (!attachments) return { kind: 'attachments-gone' };
  const measure = {
    text: Buffer.byteLength(input.message),
    attachments: attachments.map(({ content }) => content.byteLength),
    recipients: everybody.length,
  };
  const problems = overLimits(measure, await host.mailLimits());
  if (problems.length > 0) return { kind: 'over-limits', problems };
  const failing = await host.outbox.failingAddresses(everybody);
  if (failing.length > 0 && !input.despiteFailing) return { kind: 'failing-addresses', addresses: failing };
  const queued = await host.outbox.enqueue({ ...written(input, recipients), attachments });
  if (queued.kind === 'queued') page.attachments.remove(input.attachments);
  return { kind: queued.kind };
}

function written(
  { subject, message, inReplyTo, references, patient }: CheckedInput<'email.send'>,
  { to, cc, bcc }: Extract<Recipients, { kind: 'read' }>,
): Omit<NewEmail, 'attachments'> {
  return {
    to,
    ...(cc.length > 0 && { cc }),
    ...(bcc.length > 0 && { bcc }),
    subject,
    text: message,
    ...(inReplyTo !== undefined && { inReplyTo }),
    ...(references.length > 0 && { references }),
    ...(patient && { patient }),
  };
}

/** What is forwarded takes its attachments with it. */
async function addReceived({ host, page, input }: Call<'attachment.add-received'>): Promise<AddedAttachments> {
  const limits = await host.mailLimits();
  const received = await receivedAttachments(host.inbox, input.id);
  if (!received) return { added: [], problems: ['The attachments of this message can’t be taken out of it.'] };
  const outcomes = received.map((attachment) => page.attachments.add(attachment, limits));
  return {
    added: outcomes.flatMap((outcome) => (outcome.kind === 'added' ? [outcome.attachment] : [])),
    problems: outcomes.flatMap((outcome) => (outcome.kind === 'refused' ? [outcome.sentence] : [])),
  };
}
