import { z } from 'zod';

const none = z.strictObject({});
const name = z.string().min(1).max(200);
const rowId = z.int().min(1);
const rowIds = z.array(rowId).min(1).max(500);
const offset = z.int().min(0);
const limit = z.int().min(1).max(500);
const patient = z.strictObject({ id: name, name: z.string().max(500) });
const wizard = z.strictObject({ wizard: name });
const control = wizard.extend({ control: name });
/** A Message-ID; a received one can be any nonsense, so only its length is held. */
const messageId = z.string().min(1).max(2000);

/** What was typed into a line of recipients. */
const recipients = z.string().max(50_000);

/** What the page may ask of the host, by method, and what it must hand over. Anything else is refused before it is run. */
export const inputs = {
  menu: none,

  'wizard.open': z.strictObject({ menuEntry: name }),
  'wizard.view': wizard,
  'wizard.change': control.extend({ value: z.json() }),
  'wizard.press': control,
  'wizard.receive': wizard.extend({ message: z.json() }),
  'wizard.back': wizard,
  'wizard.next': wizard,
  'wizard.finish': wizard,
  'wizard.cancel': wizard,

  'command.run': z.strictObject({ command: name }),
  prompts: none,
  'prompt.answer': z.strictObject({ prompt: name, choice: name }),
  'email-service': none,
  'support.facts': none,
  'support.file': none,
  practice: none,
  'practice.update-address': z.strictObject({ address: z.string().max(320) }),

  'history.list': z.strictObject({ offset, limit }),

  'inbox.list': z.strictObject({ folder: z.enum(['inbox', 'deleted']), offset, limit }),
  'inbox.read': z.strictObject({ id: rowId }),
  'inbox.pictures': z.strictObject({ id: rowId }),
  'inbox.mark-read': z.strictObject({ id: rowId, read: z.boolean() }),
  'inbox.move': z.strictObject({ ids: rowIds, folder: z.enum(['inbox', 'deleted']) }),
  'inbox.link': z.strictObject({ id: rowId, patient: patient.nullable() }),

  'outbox.list': z.strictObject({
    view: z.enum(['outbox', 'waiting', 'held', 'failed', 'uncertain', 'sent', 'undelivered', 'stopped']),
    order: z.strictObject({ by: z.enum(['time', 'to', 'subject']), descending: z.boolean() }),
    offset,
    limit,
  }),
  'outbox.reasons': none,
  'outbox.read': z.strictObject({ id: rowId }),
  'outbox.release': z.strictObject({ ids: rowIds }),
  'outbox.stop': z.strictObject({ ids: rowIds }),
  'outbox.reset': z.strictObject({ ids: rowIds }),
  'outbox.reset-failed': none,
  'outbox.news': none,
  'outbox.mark-seen': z.strictObject({ ids: rowIds }),
  'outbox.decide': z.strictObject({ id: rowId, decision: z.enum(['arrived', 'send-again']) }),

  'email.send': z.strictObject({
    to: recipients,
    cc: recipients,
    bcc: recipients,
    subject: z.string().max(900),
    message: z.string().max(1_000_000),
    attachments: z.array(name).max(1000),
    inReplyTo: messageId.optional(),
    references: z.array(messageId).max(501),
    patient: patient.optional(),
    /** Although email to an address of it did not arrive lately. */
    despiteFailing: z.boolean().optional(),
  }),
  'address.failing': z.strictObject({ addresses: z.array(z.string().max(320)).max(500) }),
  'address.trust': z.strictObject({ address: z.string().max(320) }),
  'email.limits': none,
  'attachment.add-received': z.strictObject({ id: rowId }),
  'attachment.remove': z.strictObject({ attachment: name }),

  panel: none,
  'panel.restart': z.strictObject({ hostVersion: z.string().max(50) }),
  'panel.set-may-configure': z.strictObject({ on: z.boolean() }),
  'panel.set-database-name': z.strictObject({ name: z.string().trim().min(1).max(100) }),
  'panel.set-campaign-plus': z.strictObject({ on: z.boolean() }),
  'panel.set-situation': z.strictObject({ situation: name, on: z.boolean() }),
  'panel.send-reminder': z.strictObject({ patient: name }),
  'panel.write-as-patient': z.strictObject({ patient: name }),
  'panel.answer-as-patient': z.strictObject({ patient: name }),
} as const;

export type Method = keyof typeof inputs;

/** What a method is called with. */
export type Input<M extends Method> = z.input<(typeof inputs)[M]>;

/** What a method's handler is given, checked. */
export type CheckedInput<M extends Method> = z.output<(typeof inputs)[M]>;
