import { headerText } from '../header-text.js';
import { fieldOf, type HeaderFields } from '../mime-header.js';
import type { RecipientStatus } from './delivery-status.js';
import { isMailSystemAddress } from './mail-system.js';
import type { ReportPart } from './report-parts.js';

/** Where the words end and the email that came back begins. */
const COPY =
  /^[ \t]{0,20}(?:-{2,80}[^\r\n]{0,120}?(?:copy of (?:the|your) message|original message|below this line|returned message|message header|undelivered message|unsent message)|original message headers:|return-path:|received: from)/im;

/** How mail systems say that an email came back. */
const FAILURE =
  /(?:could ?n[o']t|can(?:no|'|’)t|couldn’t|was ?n[o']t|wasn’t|(?:has|have) not been|not|unable to|failed to) (?:be )?deliver|undeliver|not (?:be )?delivered|deliver\w{0,5} (?:\w{1,20} ){0,5}fail|fail\w{0,5} (?:\w{1,20} ){0,3}deliver|returned (?:mail|to sender)|failure notice|permanent (?:error|failure)|following address(?:es|\(es\))? failed|(?:nicht|konnte) (?:\w{1,20} ){0,3}zugestellt|unzustellbar|n[’']a pas pu être (?:remis|distribué)|no se (?:ha podido|pudo) entregar|niet (?:worden )?(?:afgeleverd|bezorgd)|impossibile recapitare/i;

/** How they say that it is only late. */
const DELAY =
  /delivery (?:is )?(?:delayed|incomplete)|has been delayed|(?:not yet been|is still being|still trying to be) deliver|will (?:continue|keep|be retried|retry)|delayed \(|do(?:es)? not need to (?:re)?send|warning message only/i;

/** Bounded, so that no text takes long. */
const ADDRESS = /[^\s"'<>(),;:[\]*]{1,64}@[^\s"'<>(),;:[\]*]{1,255}/g;

/** Of the reason of one recipient. */
const WORDS_LENGTH = 1000;

/**
 * What a report says that only people were to read: qmail, exim, older forms of Postfix and sendmail, Gmail, GMX, and
 * Exchange's page. The addresses that it names, each with the words that follow it.
 */
export function readReportWords(header: HeaderFields, parts: readonly ReportPart[]): readonly RecipientStatus[] {
  const words = wordsOf(parts);
  const said = words.slice(0, COPY.exec(words)?.index ?? words.length);
  const subject = headerText(fieldOf(header, 'subject') ?? '');
  const isDelay = DELAY.test(subject) || DELAY.test(said);
  if (!isDelay && !FAILURE.test(subject) && !FAILURE.test(said)) return [];
  const failed = recipientsOf(header, said);
  return failed.map((address) => ({
    addresses: [address],
    result: isDelay ? 'delayed' : 'failed',
    words: reasonOf(address, failed, said),
  }));
}

/** The email that came back, where a report in words holds it; empty where it does not. */
export function copyOf(parts: readonly ReportPart[]): string {
  const words = wordsOf(parts);
  const copy = COPY.exec(words);
  return copy ? words.slice(copy.index) : '';
}

function wordsOf(parts: readonly ReportPart[]): string {
  const text = parts.find(({ kind }) => kind === 'text');
  const html = parts.find(({ kind }) => kind === 'html');
  return text?.text ?? withoutTags(html?.text ?? '');
}

function recipientsOf(header: HeaderFields, said: string): readonly string[] {
  const named = addressesIn(fieldOf(header, 'x-failed-recipients') ?? '');
  if (named.length > 0) return named;
  const own = new Set(addressesIn(fieldOf(header, 'to') ?? '').map((address) => address.toLowerCase()));
  return addressesIn(said).filter((address) => !own.has(address.toLowerCase()) && !isMailSystemAddress(address));
}

function addressesIn(text: string): readonly string[] {
  const found = (text.match(ADDRESS) ?? []).map((address) => address.replace(/[.!?]+$/, ''));
  return [...new Map(found.map((address) => [address.toLowerCase(), address])).values()];
}

/** From the address on to the next one; all that is said where that is nothing. */
function reasonOf(address: string, all: readonly string[], said: string): string {
  const from = said.indexOf(address);
  if (from < 0) return said.slice(0, WORDS_LENGTH);
  const next = all.filter((other) => other !== address).map((other) => said.indexOf(other, from));
  const end = Math.min(said.length, ...next.filter((at) => at > from));
  const before = said.slice(0, from).split(/\r?\n/).at(-1) ?? '';
  return `${before}${said.slice(from, end)}`.slice(0, WORDS_LENGTH);
}

function withoutTags(html: string): string {
  return html
    .replace(/<(?:br|p|div|tr|h\d)\b[^<>]*>/gi, '\n')
    .replace(/<[^<>]*>/g, '')
    .replace(/&(?:nbsp|#160);/gi, ' ')
    .replace(/&lt;/gi, '<')
    .replace(/&gt;/gi, '>')
    .replace(/&(?:#39|apos|rsquo|#8217);/gi, "'")
    .replace(/&quot;/gi, '"')
    .replace(/&amp;/gi, '&');
}
