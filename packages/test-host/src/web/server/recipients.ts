import type { Address } from '@exact/host-contracts';
import { parseAddresses } from './address-parser.adapter.js';
import { isAddrSpec } from './addr-spec.js';

/** Whom an email goes to, or one sentence for each part of the line that is no address. */
export type Recipients =
  | { readonly kind: 'read'; readonly to: readonly Address[] }
  | { readonly kind: 'bad'; readonly problems: readonly string[] };

/**
 * Reads what was typed into **To**: addresses with or without names, separated by comma or semicolon. Nobody gets the
 * same email twice, so an address that stands there twice counts once.
 */
export function readRecipients(typed: string): Recipients {
  const parts = splitOutsideQuotes(typed);
  if (parts.length === 0) return { kind: 'bad', problems: ['Type at least one email address.'] };
  const to = new Map<string, Address>();
  const problems: string[] = [];
  for (const part of parts) {
    const address = readOne(part);
    if (!address) problems.push(`“${part}” is not an email address.`);
    else if (!to.has(address.address.toLowerCase())) to.set(address.address.toLowerCase(), address);
  }
  return problems.length > 0 ? { kind: 'bad', problems } : { kind: 'read', to: [...to.values()] };
}

function readOne(part: string): Address | undefined {
  // Without angle brackets it is an address and nothing else: "ann lee@x.example" is a slip of the hand, not a name.
  if (!part.includes('<')) return isAddrSpec(part) ? { address: part } : undefined;
  const [first, ...others] = parseAddresses(part);
  if (!first || others.length > 0 || !isAddrSpec(first.address)) return undefined;
  return first.name === '' ? { address: first.address } : { address: first.address, name: first.name };
}

function splitOutsideQuotes(line: string): readonly string[] {
  const parts = line.match(/(?:"(?:[^"\\]|\\.)*"|[^,;\n"]|")+/g) ?? [];
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}
