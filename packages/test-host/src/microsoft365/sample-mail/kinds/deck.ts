import type { MessageKind } from '../writing.js';
import { autoReply, bounce, invitation, readReceipt } from './automatic.js';
import { followUp, forwarded } from './conversation.js';
import { business, emoji, flowed, otherLanguage, question } from './everyday.js';
import { fileOnly, foreignFileNames, largePhotograph, photographs, referral, signed, winmail } from './files.js';
import {
  bare,
  bareBytes,
  brokenEncoding,
  longLines,
  missingEnd,
  oddDate,
  twin,
  withoutMessageId,
  wrongCharset,
} from './odd.js';
import { alternative, alternativeInOtherLanguage, inlinePictures, nested, newsletter } from './rich.js';

/** How often each kind comes among a hundred messages or so. */
const KINDS: readonly (readonly [MessageKind, number])[] = [
  [question, 18],
  [followUp, 12],
  [business, 10],
  [otherLanguage, 14],
  [alternative, 8],
  [alternativeInOtherLanguage, 3],
  [newsletter, 4],
  [referral, 3],
  [photographs, 3],
  [inlinePictures, 2],
  [foreignFileNames, 3],
  [twin, 2],
  [oddDate, 2],
  [flowed, 2],
  [autoReply, 2],
  [bounce, 2],
  [emoji, 1],
  [nested, 1],
  [largePhotograph, 1],
  [winmail, 1],
  [signed, 1],
  [fileOnly, 1],
  [forwarded, 1],
  [invitation, 1],
  [readReceipt, 1],
  [longLines, 1],
  [withoutMessageId, 1],
  [missingEnd, 1],
  [wrongCharset, 1],
  [bareBytes, 1],
  [brokenEncoding, 1],
  [bare, 1],
];

/** Every kind as often as it comes: a mailbox as large as this has each of them. */
export const deck: readonly MessageKind[] = KINDS.flatMap(([kind, often]) => Array.from({ length: often }, () => kind));
