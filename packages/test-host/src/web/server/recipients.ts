import type { Address } from '@exact/host-contracts';
import { parseAddresses } from './address-parser.adapter.js';
import { isAddrSpec } from './addr-spec.js';

/** Whom an email goes to, or one sentence for each part of the line that is no address. */
export type Recipients =
  | {
      readonly kind: 'read';
      readonly to: readonly Address[];
      readonly cc: readonly Address[];
      readonly bcc: readonly Address[];
    }
  | { readonly kind: 'bad'; readonly problems: readonly string[] };

/** What was typed into the three lines of recipients. */
export interface TypedRecipients {
  readonly to: string;
  readonly cc: string;
  readonly bcc: string;
}

/**
 * Reads what was typed into **To**, **Cc** and **Bcc**: addresses with or without names, separated by comma or semicolon.
 * Nobody gets the same email twice, so an address that stands there twice counts once, where it stands first.
 */
export function readRecipients({ to, cc, bcc }: TypedRecipients): Recipients {
  const seen = new Set<string>();
  const problems: string[] = [];
  const readLine = (typed: string): readonly Address[] =>
    splitOutsideQuotes(typed).flatMap((part) => {
      const address = readOne(part);
      if (!address) problems.push(`“${part}” is not an email address.`);
      if (!address || seen.has(address.address.toLowerCase())) return [];
      seen.add(address.address.toLowerCase());
      return [address];
    });
  const read = { kind: 'read', to: readLine(to), cc: readLine(cc), bcc: readLine(bcc) } as const;
  if (problems.length > 0) return { kind: 'bad', problems };
  return read.to.length > 0 ? read : { kind: 'bad', problems: ['Type at least one email address into To.'] };
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
