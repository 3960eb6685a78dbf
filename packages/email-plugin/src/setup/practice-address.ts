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

/** An address in angle brackets at the end of what was typed, or nothing beside the address. */
const IN_BRACKETS = /<\s*([^<>\s]+)\s*>\s*$/;

/** No address and name together are longer; what is longer is not looked through. */
const LONGEST = 1000;

/** Reads `reception@practice.example` or `"Bright Smile Dental" <reception@practice.example>`. Never throws. */
export function readPracticeAddress(typed: string): PracticeAddressReading {
  if (typed.trim() === '') return { kind: 'empty' };
  if (typed.length > LONGEST) return invalid('That is too long for an email address.');
  if (hasControlCharacter(typed)) return invalid('The address holds characters that can’t be typed.');
  const found = parseAddresses(typed);
  const [only] = found;
  if (found.filter(({ address }) => address.includes('@')).length > 1) {
    return invalid('That is more than one address. The practice sends from one.');
  }
  if (found.length !== 1 || !only) return invalid(NO_ADDRESS);
  const problem = problemOf(only.address, typed);
  if (problem !== undefined) return invalid(problem);
  const name = plainName(only.name);
  if (name.length > 120)
    return { kind: 'invalid', problem: 'The name that patients see can have 120 characters at most.' };
  return { kind: 'address', address: name === '' ? { address: only.address } : { address: only.address, name } };
}

const NO_ADDRESS = 'That is not an email address.';

/** Why the address that a parser found is none; it is generous, and what a person meant by the rest is not to be guessed. */
function problemOf(address: string, typed: string): string | undefined {
  if (address === '') return NO_ADDRESS;
  if ((IN_BRACKETS.exec(typed)?.[1] ?? typed.trim()) !== address) return howItIsRead(typed);
  if (/\P{ASCII}/u.test(address)) return 'An email address at Microsoft has no accents and no symbols.';
  return address.length > 254 || !ADDR_SPEC.test(address) ? NO_ADDRESS : undefined;
}

/** As it is shown in the field. */
export function showPracticeAddress({ address, name }: Address): string {
  return name === undefined ? address : `"${name.replace(/["\\]/g, '\\$&')}" <${address}>`;
}

/** Addresses are compared without regard to case: Exchange does so, and nobody means two mailboxes by it. */
export function isSameAddress(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function howItIsRead(typed: string): string {
  return /\S\s+@|@\s+\S/.test(typed)
    ? 'An email address has no spaces in it.'
    : 'What stands beside the address can’t be told from it.';
}

/** Without the quotes that word processors put in place of the straight ones. */
function plainName(name: string): string {
  return name
    .trim()
    .replace(/^[“”„](.*)[“”]$/u, '$1')
    .trim();
}

function invalid(what: string): PracticeAddressReading {
  return { kind: 'invalid', problem: `${what} ${EXAMPLE}` };
}

function hasControlCharacter(text: string): boolean {
  return /\p{Cc}/u.test(text);
}
