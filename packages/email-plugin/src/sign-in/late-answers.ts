import { once } from 'node:events';
import { createServer } from 'node:http';
import { browserPage } from './browser-page.js';

const PAGE = browserPage(
  'This sign-in has ended',
  '<p>EXACT no longer waits for it: it was finished in another window, was cancelled, or took too long. EXACT has taken nothing from this page.</p>' +
    '<p>You can close this window and go back to EXACT, which says how it stands.</p>',
);

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
  'cache-control': 'no-store',
  connection: 'close',
};

/**
 * Stands where a sign-in was waited for, so that a browser that comes there afterwards shows a page that says so, rather
 * than that it can't connect. Whatever is sent is thrown away unread. Resolves when it stands there.
 *
 * @param port where the sign-in was waited for, on 127.0.0.1
 * @param until closes it
 * @throws the system's error when somebody else has the port now, or the signal's reason
 */
export async function answerLate(port: number, until: AbortSignal): Promise<void> {
  until.throwIfAborted();
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(410, HEADERS).end(PAGE);
  });
  until.addEventListener('abort', () => {
    server.close();
    server.closeAllConnections();
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening', { signal: until });
}
