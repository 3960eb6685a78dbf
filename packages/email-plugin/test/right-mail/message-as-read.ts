import { domainToASCII } from 'node:url';
import type { Address, NewAttachment, NewEmail } from '@exact/host-contracts';

/** What a program that reads email tells of a message. */
export interface MessageAsRead {
  readonly from: AddressAsRead;
  readonly to: readonly AddressAsRead[];
  readonly cc: readonly AddressAsRead[];
  readonly subject: string;
  /** Lines without their ends. */
  readonly text: readonly string[];
  readonly html: readonly string[];
  readonly attachments: readonly { readonly name: string; readonly base64: string }[];
  readonly references: readonly string[];
}

/** `address` is empty where only a name is told. */
export interface AddressAsRead {
  readonly name: string;
  readonly address: string;
}

/** What has to be read in a composed email: what was written, as far as a message can carry it. */
export function expectedReading(email: NewEmail, from: Address): MessageAsRead {
  return {
    from: addressAsRead(from),
    to: email.to.map(addressAsRead),
    cc: (email.cc ?? []).map(addressAsRead),
    subject: oneLine(email.subject),
    text: linesOf(email.text),
    html: linesOf(email.html ?? ''),
    attachments: email.attachments.map(attachmentAsRead),
    references: referencesAsRead(email.references ?? []),
  };
}

/** Text as its lines, whatever ended them, without empty ones at the end. */
export function linesOf(text: string): readonly string[] {
  return text
    .toWellFormed()
    .replace(/(?:\r\n?|\n)*$/, '')
    .split(/\r\n?|\n/);
}

/** An address in one way of writing: the domain in ASCII, quotes before the `@` taken off. */
export function sameAddress(address: string): string {
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1);
  const local = address.slice(0, at).replace(/^"([^]*)"$/, (_all, quoted: string) => quoted.replace(/\\(.)/g, '$1'));
  return `${local}@${domain.startsWith('[') ? domain : domainToASCII(domain)}`;
}

function addressAsRead({ address, name = '' }: Address): AddressAsRead {
  const label = oneLine(name);
  // Letters outside ASCII before the `@`: only the server is told.
  if (/[^\x20-\x7e]/.test(address.slice(0, address.lastIndexOf('@'))))
    return { name: label === '' ? address : label, address: '' };
  return { name: label, address: sameAddress(address) };
}

function attachmentAsRead({ name, content }: NewAttachment) {
  const file = oneLine(name.split(/[/\\]/).at(-1) ?? '').replace(/[<>:"|?*]/g, '_');
  const shown = file.length <= 200 ? file : `${file.slice(0, 180)}…${file.slice(-19)}`.toWellFormed();
  return { name: shown === '' ? 'attachment' : shown, base64: Buffer.from(content).toString('base64') };
}

/** The first and the newest 49. */
function referencesAsRead(references: readonly string[]): readonly string[] {
  const ids = [...new Set(references.filter((id) => /^<[!-;=?-~]{1,900}>$/.test(id)))];
  return ids.length > 50 ? [...ids.slice(0, 1), ...ids.slice(-49)] : ids;
}

function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc} \u2028\u2029]+/gu, ' ')
    .trim();
}
