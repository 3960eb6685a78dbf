import { domainToASCII } from 'node:url';

/** RFC 5321 section 4.5.3.1: 64 before the `@`, 255 behind it. */
const LENGTH_LIMIT = 320;
/** RFC 5322 section 3.2.3, with the letters of every script (RFC 6532 section 3.2). */
const DOT_ATOM = /^[\w!#$%&'*+/=?^`{|}~\u0080-\u{10ffff}-]+(?:\.[\w!#$%&'*+/=?^`{|}~\u0080-\u{10ffff}-]+)*$/u;
/** RFC 5322 section 3.2.4. */
const QUOTED_STRING = /^"(?:[^"\\]|\\.)*"$/u;
const DOMAIN = /^(?:[a-z\d_](?:[a-z\d_-]*[a-z\d_])?\.)*[a-z\d_](?:[a-z\d_-]*[a-z\d_])?$/i;
/** RFC 5321 section 4.1.3. */
const ADDRESS_LITERAL = /^\[[\x21-\x5a\x5e-\x7e]+\]$/;

/**
 * An address as a server takes it: the domain in ASCII (RFC 5890), what is no dot-atom before the `@` in quotes. `undefined`
 * when it can be no address and would spoil the others'.
 */
export function wireAddress(address: string): string | undefined {
  const [, local = '', domain = ''] = /^([^\p{Cc}<>]+)@([^\p{Cc}\s<>@]+)$/u.exec(address) ?? [];
  if (local === '' || address.length > LENGTH_LIMIT || !address.isWellFormed()) return undefined;
  const asciiDomain = ADDRESS_LITERAL.test(domain) ? domain : domainToASCII(domain);
  if (!ADDRESS_LITERAL.test(asciiDomain) && !DOMAIN.test(asciiDomain)) return undefined;
  return `${localPart(local)}@${asciiDomain}`;
}

/** Whether only servers with SMTPUTF8 (RFC 6531) take it. */
export function isInternational(wire: string): boolean {
  return /[^\x20-\x7e]/.test(wire);
}

function localPart(local: string): string {
  if (DOT_ATOM.test(local) || QUOTED_STRING.test(local)) return local;
  return `"${local.replace(/["\\]/g, '\\$&')}"`;
}
