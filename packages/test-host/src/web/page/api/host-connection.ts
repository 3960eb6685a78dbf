import type { Failure } from '@exact/host-contracts';
import type { Answer, AnswerBody, UploadedAttachment } from '../../api/answers.js';
import type { Input, Method } from '../../api/inputs.js';
import { FILE_NAME_HEADER, PAGE_HEADER, SECRET_HEADER, type PageEvent } from '../../api/page-events.js';
import { readEvents } from './event-stream.js';

/** A call that did not work: with a card to show, or with one sentence. */
export class CallError extends Error {
  override readonly name = 'CallError';

  constructor(
    readonly sentence: string,
    readonly failure?: Failure,
  ) {
    super(sentence);
  }
}

/** Whether the page hears from its test host. `replaced`: it was started anew, and this page belongs to the old one. */
export type ConnectionState = 'connecting' | 'connected' | 'lost' | 'replaced';

const RETRY_AFTER = 1000;

/** The page's way to the test host: calls with an answer, and the stream of events. */
export class HostConnection {
  private page = '';
  private state: ConnectionState = 'connecting';
  private readonly eventListeners = new Set<(event: PageEvent) => void>();
  private readonly stateListeners = new Set<() => void>();

  constructor(private readonly secret: string) {}

  /** Keeps the event stream open, again after each loss, until the signal is aborted or the host was started anew. */
  async listen(signal: AbortSignal): Promise<void> {
    while (!signal.aborted && this.state !== 'replaced') {
      this.enter(await this.follow(signal));
      await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER));
    }
  }

  /** Throws a `CallError` when it did not work. */
  async call<M extends Method>(method: M, input: Input<M>): Promise<Answer<M>> {
    const body = JSON.stringify(input);
    const headers = { ...this.headers(), 'content-type': 'application/json' };
    return this.answer<Answer<M>>(await this.send(`/api/call/${method}`, { method: 'POST', headers, body }));
  }

  async upload(file: File): Promise<UploadedAttachment> {
    const type = file.type === '' ? 'application/octet-stream' : file.type;
    const headers = { ...this.headers(), 'content-type': type, [FILE_NAME_HEADER]: encodeURIComponent(file.name) };
    return this.answer<UploadedAttachment>(
      await this.send('/api/attachments', { method: 'POST', headers, body: await file.arrayBuffer() }),
    );
  }

  async download(path: string): Promise<Blob> {
    const response = await this.send(path, { headers: this.headers() });
    return response.ok ? response.blob() : this.answer<never>(response);
  }

  readonly onEvent = (listener: (event: PageEvent) => void): (() => void) => {
    this.eventListeners.add(listener);
    return () => this.eventListeners.delete(listener);
  };

  readonly onState = (listener: () => void): (() => void) => {
    this.stateListeners.add(listener);
    return () => this.stateListeners.delete(listener);
  };

  readonly currentState = (): ConnectionState => this.state;

  private readonly receive = (event: PageEvent): void => {
    if (event.kind === 'page') {
      this.page = event.page;
      this.enter('connected');
    }
    for (const listener of this.eventListeners) listener(event);
  };

  /** Hands on the events until the stream ends, and tells what that means. */
  private async follow(signal: AbortSignal): Promise<ConnectionState> {
    try {
      const response = await fetch('/api/events', { headers: this.headers(), signal, cache: 'no-store' });
      if (response.status === 403) return 'replaced';
      if (response.body) await readEvents(response.body, this.receive);
      return 'lost';
    } catch {
      // The browser's console says why; the user reads in the banner that the host does not answer.
      return 'lost';
    }
  }

  private enter(state: ConnectionState): void {
    this.state = state;
    for (const listener of this.stateListeners) listener();
  }

  private headers(): Record<string, string> {
    return { [SECRET_HEADER]: this.secret, [PAGE_HEADER]: this.page };
  }

  private async send(path: string, init: RequestInit): Promise<Response> {
    try {
      return await fetch(path, { ...init, cache: 'no-store' });
    } catch {
      // The browser's console says why.
      throw new CallError('The test host does not answer. Nothing was changed by this.');
    }
  }

  private async answer<T>(response: Response): Promise<T> {
    const body = (await response.json()) as AnswerBody<T>;
    if ('value' in body) return body.value;
    if ('failure' in body) throw new CallError(body.failure.sentence, body.failure);
    throw new CallError(body.error);
  }
}
