import { headerText } from '../header-text.js';
import { fieldOf, parseHeader, type HeaderFields } from '../mime-header.js';

/** What became of the email for one recipient; `expanded` and `relayed` say that nothing more will be heard. */
export type DeliveryResult = 'failed' | 'delayed' | 'delivered';

/** What the fields of a report say of one recipient. */
export interface RecipientStatus {
  /** As the practice wrote it, where the report tells, and where it was led to. */
  readonly addresses: readonly string[];
  readonly result: DeliveryResult;
  /** Status and Diagnostic-Code. */
  readonly words: string;
}

export interface DeliveryStatus {
  /** Fields about the whole email. */
  readonly message: HeaderFields;
  readonly recipients: readonly RecipientStatus[];
}

const RESULTS: Readonly<Record<string, DeliveryResult>> = {
  failed: 'failed',
  delayed: 'delayed',
  delivered: 'delivered',
  relayed: 'delivered',
  expanded: 'delivered',
};

/** Of the words of one recipient. */
const WORDS_LENGTH = 1000;

/** Reads a message/delivery-status (RFC 3464 section 2): groups of fields, the first about the email, one for each recipient. */
export function readDeliveryStatus(text: string): DeliveryStatus {
  const groups = text
    .trim()
    .split(/(?:\r?\n[ \t]*){2,}/)
    .map(parseHeader);
  const isRecipient = (group: HeaderFields): boolean =>
    fieldOf(group, 'final-recipient') !== undefined || fieldOf(group, 'original-recipient') !== undefined;
  const [first = [], ...others] = groups;
  // Some leave out the group about the email, or the empty line behind it.
  const recipients = isRecipient(first) ? groups : others;
  return { message: first, recipients: recipients.filter(isRecipient).flatMap(recipientStatus) };
}

function recipientStatus(group: HeaderFields): readonly RecipientStatus[] {
  const addresses = ['original-recipient', 'final-recipient'].flatMap((name) => addressOf(fieldOf(group, name)));
  const status = fieldOf(group, 'status') ?? '';
  const action = /[a-z]+/.exec((fieldOf(group, 'action') ?? '').toLowerCase())?.[0] ?? '';
  const result = RESULTS[action] ?? resultOf(status);
  if (addresses.length === 0 || result === undefined) return [];
  return [{ addresses: [...new Set(addresses)], result, words: wordsOf(group, status) }];
}

/** By the class of its status where the action is missing (RFC 3463 section 3.1). */
function resultOf(status: string): DeliveryResult | undefined {
  return ({ '5': 'failed', '4': 'delayed', '2': 'delivered' } as const)[status.trim().charAt(0)];
}

/** `rfc822; alice@patients.example`, or `utf-8; j\x{FC}rgen@…` (RFC 6533 section 3). */
function addressOf(field: string | undefined): readonly string[] {
  const value = headerText(field ?? '').replace(/^[\w-]+\s*;/, '');
  const plain = value.replace(/\\x\{([0-9a-f]{2,6})\}/gi, (escape, hex: string) => {
    const point = parseInt(hex, 16);
    return point > 0x10ffff ? escape : String.fromCodePoint(point);
  });
  return /[^\s<>]{1,256}@[^\s<>]{1,256}/.exec(plain)?.slice(0, 1) ?? [];
}

/** Exchange puts the words of the other side into a field of its own. */
function wordsOf(group: HeaderFields, status: string): string {
  const diagnostic = fieldOf(group, 'diagnostic-code') ?? fieldOf(group, 'x-supplementary-info') ?? '';
  return `${status} ${headerText(diagnostic.slice(0, WORDS_LENGTH)).replace(/^[\w-]+\s*;/, '')}`.trim();
}
