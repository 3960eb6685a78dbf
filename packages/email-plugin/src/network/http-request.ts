import { once } from 'node:events';
import { request as send, type IncomingMessage } from 'node:http';
import type { Network } from './network.js';
import { encrypt } from './secure-connection.js';

/** Nothing that a sign-in service answers is larger; a reply without an end is cut off. */
const ANSWER_BYTES = 4 * 1024 * 1024;

/** An HTTP request, `http:` or `https:`. */
export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'POST';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What came back, redirects included as they are. */
export interface HttpAnswer {
  readonly status: number;
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * One request over a connection of its own on the network's way.
 *
 * @throws what `Network.connect` throws, the system's error of TLS or of the connection, or the signal's reason
 */
export async function requestHttp(
  { method, url, headers, body }: HttpRequest,
  network: Network,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  const { protocol, hostname, port, host, pathname, search } = new URL(url);
  const name = hostname.replace(/^\[(.*)\]$/, '$1');
  const isSecure = protocol === 'https:';
  const server = { host: name, port: port === '' ? (isSecure ? 443 : 80) : Number(port) };
  const plain = await network.connect(server, signal);
  const socket = isSecure ? await encrypt(plain, { host: name }, signal) : plain;
  try {
    const request = send({
      method,
      path: pathname + search,
      headers: { ...headers, host, connection: 'close' },
      createConnection: () => socket,
      signal,
    });
    // Told by what is awaited, also where it comes after that was settled.
    request.on('error', () => undefined);
    request.end(body);
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    return { status: response.statusCode ?? 0, headers: headersOf(response), body: await bodyOf(response) };
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    socket.destroy();
  }
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')]));
}

async function bodyOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.byteLength;
    if (bytes > ANSWER_BYTES) throw new Error(`an answer of more than ${ANSWER_BYTES} bytes`);
  }
  return Buffer.concat(chunks).toString();
}
