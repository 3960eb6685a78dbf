import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FailureError, type MicrosoftEndpoints, type MicrosoftServices } from '@exact/host-contracts';
import { z } from 'zod';
import { hostFailures } from './host-failures.js';

/** What a server tells the workstations of its practice while it runs. No token is in it. */
export interface ServerFacts {
  /** Where its Microsoft 365 is, as things stand. */
  readonly services: MicrosoftServices;
  /** The only addresses that may be written to; `undefined` = everybody. */
  readonly allowedRecipients: readonly string[] | undefined;
}

const mailServer = z.object({ host: z.string(), port: z.int(), ca: z.string().exactOptional() });
const count = z.number().positive();
const serverFacts = z.object({
  services: z.object({
    clientId: z.string(),
    authority: z.string(),
    authorityMetadata: z.string().exactOptional(),
    imap: mailServer,
    smtp: mailServer,
    proxy: z.object({ url: z.string(), bypass: z.array(z.string()).exactOptional() }).exactOptional(),
    limits: z.object({
      messagesPerMinute: count,
      recipientsPerDay: count,
      recipientsPerMessage: count,
      attachmentsPerMessage: count,
      messageBytes: count,
    }),
  }),
  allowedRecipients: z.array(z.string()).exactOptional(),
});

/** The server's end: writes the file, which only its owner can read, and takes it away when it ends. */
export class ServerFile implements AsyncDisposable {
  readonly #file: string;
  /** One write after the other, so that the last one stays. Whoever asked for a write hears of its failure. */
  #written = Promise.resolve();

  constructor(
    dataDirectory: string,
    private readonly endpoints: MicrosoftEndpoints,
    private readonly allowedRecipients: readonly string[] | undefined,
  ) {
    this.#file = fileIn(dataDirectory);
  }

  /** Writes how things stand now: as a whole, so that nobody reads half of it. */
  write(): Promise<void> {
    this.#written = this.#written
      .catch(() => undefined)
      .then(async () => {
        const { allowedRecipients } = this;
        const facts: ServerFacts = { services: await this.endpoints.get(), allowedRecipients };
        await writeFile(`${this.#file}.new`, JSON.stringify(facts), { mode: 0o600 });
        await rename(`${this.#file}.new`, this.#file);
      });
    return this.#written;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#written.catch(() => undefined);
    await rm(this.#file, { force: true });
  }
}

/** The workstation's end: the server's Microsoft 365, read anew each time, since a server that starts again has other ports. */
export class EndpointsOfServer implements MicrosoftEndpoints {
  constructor(private readonly dataDirectory: string) {}

  /** @throws FailureError `host.no-server` while no server runs */
  async get(): Promise<MicrosoftServices> {
    const facts = await readServerFacts(this.dataDirectory);
    if (!facts) throw new FailureError(hostFailures.noServer);
    return facts.services;
  }
}

/** `undefined` when there is no such file. */
export async function readServerFacts(dataDirectory: string): Promise<ServerFacts | undefined> {
  try {
    const { services, allowedRecipients } = serverFacts.parse(
      JSON.parse(await readFile(fileIn(dataDirectory), 'utf8')),
    );
    return { services, allowedRecipients };
  } catch (error) {
    if (Error.isError(error) && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function fileIn(dataDirectory: string): string {
  return join(dataDirectory, 'server.json');
}
