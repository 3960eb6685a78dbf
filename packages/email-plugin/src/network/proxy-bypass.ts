import { BlockList, isIP } from 'node:net';
import type { ServerAddress } from './network.js';

/** This computer: RFC 6761 section 6.3, RFC 1122 section 3.2.1.3, RFC 4291 section 2.5.3. */
export const LOOPBACK: readonly string[] = ['localhost', '127.0.0.0/8', '::1'];

/** One entry: a name, an address or a range, with a port or without. A bare IPv6 address has no port. */
const ENTRY = /^(?:\[([^\]]+)\]|([^:]+)|([\da-f]*:[\da-f:.]*:[\da-f:./]*))(?::(\d{1,5}))?$/i;

/**
 * Whether the server is reached without the proxy. Entries are those of `NO_PROXY` as curl and Go take them:
 * https://curl.se/docs/manpage.html#--noproxy, https://pkg.go.dev/golang.org/x/net/http/httpproxy. One that can't be read
 * matches nothing.
 */
export function isBypassed({ host, port }: ServerAddress, entries: readonly string[]): boolean {
  const name = plainName(host);
  return entries.some((entry) => {
    const trimmed = entry.trim();
    if (trimmed === '*') return true;
    const [, bracketed, short, bare, only] = ENTRY.exec(trimmed) ?? [];
    const wanted = bracketed ?? short ?? bare;
    if (wanted === undefined || (only !== undefined && Number(only) !== port)) return false;
    return isIP(name) === 0 ? isWithin(name, plainName(wanted)) : isInRange(name, wanted);
  });
}

/** `example` and `.example` mean the name itself and all below it. */
function isWithin(name: string, wanted: string): boolean {
  const domain = wanted.replace(/^\*?\./, '');
  return domain !== '' && (name === domain || name.endsWith(`.${domain}`));
}

function isInRange(address: string, wanted: string): boolean {
  const [network = '', prefix] = wanted.split('/');
  const family = isIP(network) === 6 ? 'ipv6' : 'ipv4';
  const bits = prefix === undefined ? (family === 'ipv6' ? 128 : 32) : Number(prefix);
  if (isIP(network) === 0 || !isPrefix(bits, family)) return false;
  const list = new BlockList();
  list.addSubnet(network, bits, family);
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

function isPrefix(bits: number, family: 'ipv4' | 'ipv6'): boolean {
  return Number.isInteger(bits) && bits >= 0 && bits <= (family === 'ipv6' ? 128 : 32);
}

/** As two spellings of a host are compared: small letters, no brackets, no root dot. */
function plainName(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
}
