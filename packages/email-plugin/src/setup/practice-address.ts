import type { Address } from '@exact/host-contracts';
import { parseAddresses } from './address-parser.adapter.js';

/** The Practice Email Address as typed, read; or what is wrong with it, in one sentence. */
export type PracticeAddressReading =
  | { readonly kind: 'address'; readonly address: Address }
  | { readonly kind: 'empty' }
  | { readonly kind: 'invalid'; readonly problem: string };

const EXAMPLE = 'Type it like reception@practice.example or "Bright Smile Dental" <reception@practice.example>.';

/** dot-atom of RFC 5322 section 3.4.1 with a host name of two labels or more: what a Microsoft 365 address can be. */
const ADDR_SPEC =
  /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])$/;

/** Reads `reception@practice.example` or `"Bright Smile Dental" <reception@practice.example>`. Never throws. */
export function readPracticeAddress(typed: string): PracticeAddressReading {
  if (typed.trim() === '') return { kind: 'empty' };
  if (hasControlCharacter(typed)) return invalid('The address holds characters that can’t be typed.');
  const found = parseAddresses(typed);
  const [only] = found;
  if (found.length > 1) return invalid('That is more than one address. The practice sends from one.');
  if (!only?.address) return invalid('That is not an email address.');
  if (only.address.length > 254 || !ADDR_SPEC.test(only.address)) return invalid('That is not an email address.');
  const name = only.name.trim();
  if (name.length > 120)
    return { kind: 'invalid', problem: 'The name that patients see can have 120 characters at most.' };
  return { kind: 'address', address: name === '' ? { address: only.address } : { address: only.address, name } };
}

/** As it is shown in the field. */
export function showPracticeAddress({ address, name }: Address): string {
  return name === undefined ? address : `"${name.replace(/["\\]/g, '\\$&')}" <${address}>`;
}

/** Addresses are compared without regard to case: Exchange does so, and nobody means two mailboxes by it. */
export function isSameAddress(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function invalid(what: string): PracticeAddressReading {
  return { kind: 'invalid', problem: `${what} ${EXAMPLE}` };
}

function hasControlCharacter(text: string): boolean {
  return /\p{Cc}/u.test(text);
}
