import { createCertificates } from '../src/microsoft365/certificates.adapter.js';
import type { Certificates } from '../src/microsoft365/certificates.js';
import { systemClock } from '../src/microsoft365/clock.js';
import {
  listenForSubmission,
  type SmtpListener,
  type SubmittedMessage,
} from '../src/microsoft365/smtp/smtp-server.adapter.js';

/** Where a submission stands, as the server sees it. */
export type Moment = 'at a recipient' | 'after the dot, before the reply' | 'after the reply';

/** A submission server that takes everything from anybody, and tells of each step. */
export class TakingProvider implements AsyncDisposable {
  /** Whom each email was taken for, in order. */
  readonly taken: string[] = [];
  /** Told of each message as it is taken. */
  onTaken: (message: SubmittedMessage) => void = () => undefined;
  onMoment: (moment: Moment) => Promise<void> = () => Promise.resolve();
  private listener: SmtpListener | undefined;

  private constructor(readonly certificates: Certificates) {}

  static async start(): Promise<TakingProvider> {
    const certificates = await createCertificates(systemClock);
    const provider = new TakingProvider(certificates);
    // A client that is killed breaks off anywhere: no fault of the server's.
    const reportError = (): void => undefined;
    provider.listener = await listenForSubmission(
      { certificate: certificates.server, port: 0, messageBytes: 1_000_000, reportError },
      {
        authenticate: () => Promise.resolve(undefined),
        recipient: () => {
          void provider.onMoment('at a recipient');
          return undefined;
        },
        message: async (connection, message) => {
          provider.taken.push(message.recipients.join());
          provider.onTaken(message);
          await provider.onMoment('after the dot, before the reply');
          setImmediate(() => void provider.onMoment('after the reply'));
          return { kind: 'reply', reply: { code: 250, text: `2.0.0 OK ${connection.id}` } };
        },
        closed: () => undefined,
      },
    );
    return provider;
  }

  get port(): number {
    return this.listener?.port ?? 0;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.listener?.[Symbol.asyncDispose]();
  }
}
