import { once } from 'node:events';
import { request as requestOverHttp, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as requestOverHttps } from 'node:https';
import { isIPv6, type Socket } from 'node:net';
import type { ServerAddress } from './network.js';
import { ProxyFault } from './proxy-fault.js';
import { TimedOut } from './time-limit.js';

/**
 * A tunnel through an HTTP proxy (CONNECT, RFC 9110 section 9.3.6). The credentials of `proxy` go to the proxy and nowhere
 * else.
 *
 * @throws ProxyFault, or the signal's reason
 */
export async function openTunnel(proxy: URL, server: ServerAddress, signal: AbortSignal): Promise<Socket> {
  const request = askFor(proxy, server);
  // Told by what is awaited, also where it comes after that was settled.
  request.on('error', () => undefined);
  request.end();
  try {
    // Node emits it for each answer to CONNECT, whatever its status.
    const [response, socket, head] = (await once(request, 'connect', { signal })) as [IncomingMessage, Socket, Buffer];
    const { statusCode = 0, statusMessage = '' } = response;
    if (statusCode < 200 || statusCode > 299) {
      socket.destroy();
      throw refusal(proxy, server, statusCode, statusMessage);
    }
    // What the server said at once lies behind the proxy's answer.
    if (head.length > 0) socket.unshift(head);
    return socket;
  } catch (error) {
    request.destroy();
    if (signal.aborted && !(signal.reason instanceof TimedOut)) signal.throwIfAborted();
    if (error instanceof ProxyFault) throw error;
    throw new ProxyFault(
      'ERR_PROXY_UNREACHABLE',
      `${proxy.host}, asked for ${server.host}:${server.port}: ${codeOf(signal.aborted ? signal.reason : error)}`,
      {
        cause: error,
      },
    );
  }
}

function askFor(proxy: URL, { host, port }: ServerAddress): ClientRequest {
  const authority = `${isIPv6(host) ? `[${host}]` : host}:${port}`;
  const credentials = credentialsOf(proxy);
  const request = proxy.protocol === 'https:' ? requestOverHttps : requestOverHttp;
  return request({
    host: proxy.hostname.replace(/^\[(.*)\]$/, '$1'),
    ...(proxy.port !== '' && { port: Number(proxy.port) }),
    method: 'CONNECT',
    path: authority,
    headers: { host: authority, ...(credentials !== undefined && { 'proxy-authorization': credentials }) },
    agent: false,
  });
}

/** RFC 7617. What is not percent-encoded well is taken as it stands. */
function credentialsOf({ username, password }: URL): string | undefined {
  if (username === '' && password === '') return undefined;
  const decoded = [username, password].map((part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
  return `Basic ${Buffer.from(decoded.join(':')).toString('base64')}`;
}

function refusal(proxy: URL, { host, port }: ServerAddress, status: number, words: string): ProxyFault {
  const told = `HTTP ${status} ${words} from the proxy ${proxy.host} for ${host}:${port}`;
  return new ProxyFault(status === 407 ? 'ERR_PROXY_SIGN_IN' : 'ERR_PROXY_REFUSED', told);
}

function codeOf(error: unknown): string {
  if (!Error.isError(error)) return String(error);
  const { code } = error as { readonly code?: unknown };
  return typeof code === 'string' ? code : error.message;
}
