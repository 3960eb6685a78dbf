import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startTestHost, type TestHostOptions } from '@exact/test-host';
import { Dovecot, freePort } from '../../dovecot/support/dovecot.js';
import { createCertificates } from '../../src/microsoft365/certificates.adapter.js';
import { systemClock } from '../../src/microsoft365/clock.js';
import type { GeneratedMessage } from '../../src/microsoft365/sample-mail/generate-mailbox.js';
import { RECEPTION } from '../../test/identity-harness.js';
import { connectMailbox } from '../../test/set-up-walk.js';

const PLUGIN = fileURLToPath(new URL('../../../email-plugin', import.meta.url));

/** Whoever knows no OAuth signs in with it. */
export const PASSWORD = 'bench';
export const USER = RECEPTION;

/** A mailbox in Dovecot, and a practice that is connected to it and has read nothing of what is delivered later. */
export class PracticeMailbox implements AsyncDisposable {
  private constructor(
    /** Of this run; goes with it. */
    readonly directory: string,
    private readonly dovecot: Dovecot,
    readonly port: number,
    private readonly options: TestHostOptions,
    /** PEM file of the authority that vouches for the server. */
    readonly caFile: string,
  ) {}

  static async open(): Promise<PracticeMailbox> {
    const directory = await mkdtemp(join(tmpdir(), 'exact-bench-'));
    const certificates = await createCertificates(systemClock);
    const [port, identity] = [await freePort(), await freePort()];
    const introspectionUrl = `http://127.0.0.1:${identity.toString()}/introspect?token=`;
    const dovecot = await Dovecot.start({
      port,
      certificate: certificates.server,
      introspectionUrl,
      password: PASSWORD,
    });
    const caFile = join(directory, 'ca.pem');
    await writeFile(caFile, certificates.ca);
    const options = {
      plugin: PLUGIN,
      web: false,
      dataDir: join(directory, 'connected'),
      microsoft365: { sampleMail: {}, ports: { identity } },
      servers: { imap: { host: '127.0.0.1', port }, ca: certificates.ca },
    };
    await using testHost = await startTestHost(options);
    await connectMailbox(testHost);
    return new PracticeMailbox(directory, dovecot, port, options, caFile);
  }

  deliver(messages: Iterable<GeneratedMessage>): Promise<void> {
    return this.dovecot.inbox.deliver(messages);
  }

  /** Gives what lets them arrive all at once. */
  prepare(messages: Iterable<GeneratedMessage>): Promise<() => Promise<void>> {
    return this.dovecot.inbox.prepare(messages);
  }

  /** Options of a test host on a copy of the practice as it was before anything was delivered, over that port. */
  async copy(port: number): Promise<TestHostOptions & { readonly dataDir: string }> {
    const dataDir = await mkdtemp(join(this.directory, 'practice-'));
    await cp(this.options.dataDir ?? '', dataDir, { recursive: true });
    const { servers } = this.options;
    return { ...this.options, dataDir, servers: { ...servers, imap: { host: '127.0.0.1', port } } };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.dovecot[Symbol.asyncDispose]();
    await rm(this.directory, { recursive: true, force: true });
  }
}
