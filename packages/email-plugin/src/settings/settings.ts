import { z } from 'zod';

/** `HH:MM`, `00:00` … `24:00`. */
export const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/);

export const daySpan = z
  .strictObject({ weekday: z.literal([1, 2, 3, 4, 5, 6, 7]), from: timeOfDay, to: timeOfDay })
  .refine((span) => span.from < span.to, 'from must be before to');

const scheduleSchema = z.strictObject({
  /** Else staff press Send/Receive. */
  sendImmediately: z.boolean(),
  /** When the mailbox is checked, practice time; empty = never by itself. */
  checkingTimes: z.array(daySpan).max(70),
  checkEveryMinutes: z.int().min(1).max(1440),
  /** Times of day at which all is sent and received, practice time. */
  presetTimes: z.array(timeOfDay).max(48),
  delayBetweenEmailsSeconds: z.int().min(0).max(3600),
});

const accountSchema = z.strictObject({
  /** Key in the stores, see `AccountKey`. */
  key: z.string().min(1),
  /** Practice Email Address: what patients see. */
  address: z.string().min(3).max(254),
  displayName: z.string().min(1).max(120).optional(),
  /** Who signed in. */
  signedIn: z.strictObject({
    homeAccountId: z.string().min(1),
    objectId: z.string().min(1),
    tenantId: z.string().min(1),
    username: z.string().min(1),
    displayName: z.string().optional(),
  }),
  /** SASL user names that the servers took. */
  imapUser: z.string().min(1),
  smtpUser: z.string().min(1),
});

const settingsSchema = z.strictObject({
  provider: z.enum(['microsoft365', 'off']),
  /** Kept when email is turned off. */
  account: accountSchema.optional(),
  schedule: scheduleSchema,
});

/** What Finish stores, as the plugin works with it. */
export type Settings = z.infer<typeof settingsSchema>;
export type ScheduleSettings = Settings['schedule'];
export type AccountSettings = NonNullable<Settings['account']>;

/** Throws a `ZodError` that names each wrong field. */
export function validateSettings(value: unknown): Settings {
  return settingsSchema.parse(value);
}

/** What a first set-up begins with: at once, every five minutes, each day and hour, two seconds between emails (30 a minute). */
export const DEFAULT_SCHEDULE: ScheduleSettings = {
  sendImmediately: true,
  checkingTimes: ([1, 2, 3, 4, 5, 6, 7] as const).map((weekday) => ({ weekday, from: '00:00', to: '24:00' })),
  checkEveryMinutes: 5,
  presetTimes: [],
  delayBetweenEmailsSeconds: 2,
};
