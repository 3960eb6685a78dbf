import { request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { PageEvent } from '../../src/web/api/page-events.js';

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** One request with exactly these headers: `fetch` would not let a test choose `Host`. */
export async function ask(
  url: string,
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string | Uint8Array } = {},
): Promise<Reply> {
  const sent = request(new URL(path, url), { method: options.method ?? 'GET', headers: options.headers ?? {} });
  sent.end(options.body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return { status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).toString('utf8') };
}

/** A page as a browser opens it: it has the secret, and lives as long as its event stream. */
export class TestPage implements AsyncDisposable {
  readonly events: PageEvent[] = [];
  private readonly waiting = new Set<() => void>();
  private name = '';

  private constructor(
    private readonly url: string,
    readonly secret: string,
    private readonly stream: IncomingMessage,
  ) {}

  static async open(url: string): Promise<TestPage> {
    const { body } = await ask(url, '/');
    const secret = /name="exact-secret" content="([^"]+)"/.exec(body)?.[1] ?? '';
    const sent = request(new URL('/api/events', url), { headers: { 'x-exact-secret': secret } });
    sent.end();
    const [stream] = (await once(sent, 'response')) as [IncomingMessage];
    const page = new TestPage(url, secret, stream);
    page.read();
    const first = await page.event('page');
    page.name = first.page;
    return page;
  }

  get headers(): Record<string, string> {
    return { 'x-exact-secret': this.secret, 'x-exact-page': this.name, 'content-type': 'application/json' };
  }

  async call(method: string, input: unknown = {}): Promise<unknown> {
    const { status, body } = await this.post(method, JSON.stringify(input));
    if (status !== 200) throw new Error(`${method}: ${status.toString()} ${body}`);
    return (JSON.parse(body) as { value: unknown }).value;
  }

  post(method: string, body: string): Promise<Reply> {
    return ask(this.url, `/api/call/${method}`, { method: 'POST', headers: this.headers, body });
  }

  /** The first event of that kind, now or later. */
  async event<Kind extends PageEvent['kind']>(kind: Kind): Promise<Extract<PageEvent, { kind: Kind }>> {
    for (;;) {
      const found = this.events.find((event): event is Extract<PageEvent, { kind: Kind }> => event.kind === kind);
      if (found) return found;
      await new Promise<void>((resolve) => this.waiting.add(resolve));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.stream.destroyed) return;
    const closed = once(this.stream, 'close');
    this.stream.destroy();
    await closed;
  }

  private read(): void {
    let rest = '';
    this.stream.setEncoding('utf8');
    this.stream.on('error', () => undefined);
    this.stream.on('data', (text: string) => {
      const blocks = (rest + text).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) this.events.push(JSON.parse(block.replace(/^data: /, '')) as PageEvent);
      for (const wake of this.waiting) wake();
      this.waiting.clear();
    });
  }
}
