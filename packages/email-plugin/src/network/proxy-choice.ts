import type { HttpProxy } from '@exact/host-contracts';
import type { ServerAddress } from './network.js';
import { isBypassed, LOOPBACK } from './proxy-bypass.js';
import { ProxyFault } from './proxy-fault.js';

/**
 * The proxy on the way to a server; `undefined` = the direct way. What the host gives counts; else the environment's
 * `HTTPS_PROXY` and `NO_PROXY`, small letters before capital ones as curl reads them, this computer always direct.
 *
 * @throws ProxyFault `ERR_PROXY_ADDRESS` when the address can't be read
 */
export function proxyFor(
  server: ServerAddress,
  given: HttpProxy | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): URL | undefined {
  const proxy = given ?? fromEnvironment(environment);
  if (!proxy || isBypassed(server, proxy.bypass ?? LOOPBACK)) return undefined;
  return readAddress(proxy.url);
}

function fromEnvironment(environment: Readonly<Record<string, string | undefined>>): HttpProxy | undefined {
  const url = [environment['https_proxy'], environment['HTTPS_PROXY']].find(isFilled);
  if (url === undefined) return undefined;
  const entries = [environment['no_proxy'], environment['NO_PROXY']].find(isFilled) ?? '';
  return { url, bypass: [...LOOPBACK, ...entries.split(/[\s,]+/).filter(isFilled)] };
}

function isFilled(text: string | undefined): boolean {
  return text !== undefined && text.trim() !== '';
}

/** `proxy.example:8080` means `http://`. The address is told nowhere: it may hold a password. */
function readAddress(text: string): URL {
  const address = /^[a-z][\w+.-]*:\/\//i.test(text) ? text.trim() : `http://${text.trim()}`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url && /^https?:$/.test(url.protocol) && url.hostname !== '') return url;
  throw new ProxyFault('ERR_PROXY_ADDRESS', 'the address of the proxy is not of the form http://name:port');
}
