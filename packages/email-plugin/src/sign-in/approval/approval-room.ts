import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { approvalPage, declinedPage, type ApprovalPage, type Standing } from './approval-pages.js';

/** Where the page in the browser is to go. `again`: ask again; `elsewhere`: another window goes on. */
export type NextStep = 'look' | 'sign-in' | 'again' | 'elsewhere' | 'over';

/** What the room asks of whoever waits in it. */
export interface ApprovalRoomOwner {
  /** The waiting page was opened, or has come back. */
  show(): Standing;
  /** Whether an approval is waited for: known when the sign-in before it has been judged. */
  waits(): Promise<boolean>;
  /** When and where to look next. `left`: the page was closed. */
  next(left: AbortSignal): Promise<NextStep>;
  /** Microsoft's page for a look without questions, or for a person. */
  leave(how: 'look' | 'sign-in'): Promise<string>;
  /** Microsoft's answer to a look; `undefined` when it belongs to none. */
  take(answer: URLSearchParams): Promise<Standing | undefined>;
  /** The answer to the link for administrators; `undefined` when it belongs to another. */
  approvalAnswered(answer: URLSearchParams): 'approved' | 'declined' | undefined;
  /** A request could not be answered. */
  fault(error: unknown): void;
}

/** Bytes of an answer of Microsoft's; a code has about 1,500. */
const ANSWER_LIMIT = 64 * 1024;

/** The page on 127.0.0.1 that waits in the browser. Its path is random, so that no other page can find it. */
export class ApprovalRoom implements Disposable {
  private readonly secret = randomBytes(16).toString('hex');

  private constructor(
    private readonly owner: ApprovalRoomOwner,
    private readonly server: Server,
    private readonly port: number,
  ) {}

  /** Listens on a free port. Throws the system's error when there is none. */
  static async open(owner: ApprovalRoomOwner): Promise<ApprovalRoom> {
    const server = createServer();
    const listening = Promise.withResolvers<undefined>();
    server.once('error', listening.reject);
    server.listen(0, '127.0.0.1', () => {
      listening.resolve(undefined);
    });
    await listening.promise;
    const address = server.address();
    if (address === null || typeof address === 'string') throw new TypeError('a server without a port');
    const room = new ApprovalRoom(owner, server, address.port);
    server.on('request', (request, response) => void room.answer(request, response));
    return room;
  }

  /**
   * The page, with a slash at its end. It has the redirect URI's name, because a sign-in page may forbid its forms to lead
   * to any other (`form-action`, which Chromium holds redirects to).
   */
  get url(): string {
    return `${this.redirectUri}/${this.secret}/`;
  }

  /** As the app is registered, with this port. */
  get redirectUri(): string {
    return `http://localhost:${this.port}`;
  }

  [Symbol.dispose](): void {
    this.server.close();
    this.server.closeIdleConnections();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // One answer a connection, so that nothing stays open once the wait has ended.
    response.setHeader('connection', 'close');
    try {
      // A foreign name for this address would be another site's page (DNS rebinding).
      if (!this.isOwnName(request.headers.host)) response.writeHead(421).end();
      else await this.route(request, response);
    } catch (error) {
      this.owner.fault(error);
      if (!response.headersSent) send(response, 500, approvalPage('over'));
    }
  }

  private async route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', this.redirectUri);
    if (pathname === '/') {
      if (request.method === 'POST') await this.takeAnswer(request, response);
      else this.takeApproval(searchParams, response);
      return;
    }
    const [, secret, name] = pathname.split('/');
    if (secret !== this.secret || request.method !== 'GET') {
      response.writeHead(404).end();
      return;
    }
    await this.serve(name ?? '', response);
  }

  private async serve(name: string, response: ServerResponse): Promise<void> {
    switch (name) {
      case '':
        send(response, 200, approvalPage(this.owner.show()));
        break;
      case 'waits':
        // Asked by the page on which the sign-in ended, which has another port.
        response.setHeader('access-control-allow-origin', '*');
        sendJson(response, { waits: await this.owner.waits() });
        break;
      case 'next': {
        const left = new AbortController();
        response.once('close', () => {
          left.abort();
        });
        sendJson(response, { go: await this.owner.next(left.signal) });
        break;
      }
      case 'look':
      case 'sign-in':
        redirect(response, await this.owner.leave(name));
        break;
      default:
        response.writeHead(404).end();
    }
  }

  private async takeAnswer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const standing = await this.owner.take(await readForm(request));
    if (standing === undefined) send(response, 400, approvalPage('over'));
    else if (standing === 'signed-in' || standing === 'over') send(response, 200, approvalPage(standing));
    else redirect(response, this.url);
  }

  private takeApproval(answer: URLSearchParams, response: ServerResponse): void {
    const verdict = this.owner.approvalAnswered(answer);
    if (verdict === undefined) response.writeHead(404).end();
    else if (verdict === 'declined') send(response, 200, declinedPage());
    else redirect(response, `${this.url}look`);
  }

  private isOwnName(host: string | undefined): boolean {
    return host === `127.0.0.1:${this.port}` || host === `localhost:${this.port}`;
  }
}

/** By 303, so that an answer that was posted is not posted again. */
function redirect(response: ServerResponse, location: string): void {
  response.writeHead(303, { location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' }).end();
}

function send(response: ServerResponse, status: number, { headers, body }: ApprovalPage): void {
  response.writeHead(status, headers).end(body);
}

function sendJson(response: ServerResponse, value: object): void {
  response
    .writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' })
    .end(JSON.stringify(value));
}

/** None when it is larger than any answer of Microsoft's. */
async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= ANSWER_LIMIT) chunks.push(chunk);
  }
  return new URLSearchParams(bytes > ANSWER_LIMIT ? '' : Buffer.concat(chunks).toString('utf8'));
}
