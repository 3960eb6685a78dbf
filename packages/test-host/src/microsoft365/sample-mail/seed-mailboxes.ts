import type { Microsoft365Clock } from '../clock.js';
import type { Cast } from '../cast.js';
import type { Mailboxes } from '../mailboxes/mailboxes.js';
import { generateMailbox } from './generate-mailbox.js';

/** How many messages lie in whose INBOX at first. */
export type SampleMail = Readonly<Record<string, number>>;

export const sampleMail: SampleMail = {
  'reception@brightsmile.example': 300,
  'manager@brightsmile.example': 12,
  'admin@brightsmile.example': 8,
  'info@brightsmile.example': 20,
  'accounts@brightsmile.example': 10,
  'windows@otherclinic.example': 5,
  'brightsmile@outlook.com': 5,
};

const DAY_MS = 24 * 60 * 60 * 1000;
/** The mail goes back so far, and the newest is of today. */
const SPAN_MS = 90 * DAY_MS;
/** Days whose mail staff have not read yet. */
const UNREAD_MS = 2 * DAY_MS;

/** Fills the mailboxes with the same mail each time, dated relative to the clock. */
export function seedMailboxes(mailboxes: Mailboxes, cast: Cast, clock: Microsoft365Clock, counts: SampleMail): void {
  const now = clock.now();
  Object.entries(counts).forEach(([address, count], index) => {
    const generated = generateMailbox({ seed: 2026 + index, count, start: now - SPAN_MS, end: now, address, cast });
    for (const { raw, internalDate } of generated) {
      const flags = internalDate < now - UNREAD_MS ? (['\\Seen'] as const) : [];
      mailboxes.deliver(address, raw, { internalDate, flags });
    }
  });
}
