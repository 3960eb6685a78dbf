import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { startTestHost, type TestHost, type TestHostOptions } from '@exact/test-host';
import { createCertificates } from '../../src/microsoft365/certificates.adapter.js';
import { systemClock } from '../../src/microsoft365/clock.js';
import { OWN_CLIENT_ID } from '../../src/microsoft365/microsoft365.js';
import { IdentityBrowser } from '../../test/identity-browser.js';
import { RECEPTION, walkAs } from '../../test/identity-harness.js';
import { imapClient, type ImapClient } from '../../test/imapflow.adapter.js';
import { msalApp } from '../../test/msal-node.adapter.js';
import { Dovecot, freePort } from './dovecot.js';

const PLUGIN = fileURLToPath(new URL('../../../email-plugin', import.meta.url));
const RECEIVE_UNTIL_KILLED = fileURLToPath(new URL('../../test/fixtures/receive-until-killed.ts', import.meta.url));

/** A practice whose mailbox lies in Dovecot. Its test host can end, also by a kill, and start again on the same data. */
export class DovecotPractice implements AsyncDisposable {
  private constructor(
    readonly dovecot: Dovecot,
    private readonly port: number,
    private readonly options: TestHostOptions & { readonly servers: { readonly ca: string } },
    private readonly dataDir: string,
  ) {}

  static async open(): Promise<DovecotPractice> {
    const certificates = await createCertificates(systemClock);
    const dataDir = await mkdtemp(join(tmpdir(), 'exact-dovecot-practice-'));
    const [port, identity] = [await freePort(), await freePort()];
    const dovecot = await Dovecot.start({
      port,
      certificate: certificates.server,
      introspectionUrl: `http://127.0.0.1:${String(identity)}/introspect?token=`,
    });
    const options = {
      plugin: PLUGIN,
      web: false,
      dataDir,
      microsoft365: { sampleMail: {}, ports: { identity } },
      servers: { imap: { host: '127.0.0.1', port }, ca: certificates.ca },
    };
    return new DovecotPractice(dovecot, port, options, dataDir);
  }

  start(): Promise<TestHost> {
    return startTestHost(this.options);
  }

  /** Lets a test host of its own process receive until the Inbox holds so many messages and it is killed; says how many. */
  async receiveUntilKilled(count: number): Promise<number> {
    const child = spawn(
      process.execPath,
      ['--no-warnings', RECEIVE_UNTIL_KILLED, JSON.stringify(this.options), String(count)],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const ended = once(child, 'exit');
    const received = await text(child.stdout);
    const [, signal] = (await ended) as [number | null, string | null];
    if (signal !== 'SIGKILL') throw new Error(`The test host ended by itself: ${received}`);
    return Number(received);
  }

  /** Another program of the practice's, e.g. Outlook, at the mailbox. */
  async withOtherClient(testHost: TestHost, work: (client: ImapClient) => Promise<void>): Promise<void> {
    const app = msalApp(OWN_CLIENT_ID, testHost.services.authorityMetadata ?? '');
    const browser = new IdentityBrowser();
    const { accessToken } = await app.signIn(
      (url) => browser.open(url),
      () => walkAs(RECEPTION)(browser),
    );
    const client = imapClient({ port: this.port, ca: this.options.servers.ca, user: RECEPTION, accessToken });
    await client.connect();
    try {
      await work(client);
    } finally {
      await client.logout();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.dovecot[Symbol.asyncDispose]();
    await rm(this.dataDir, { recursive: true, force: true });
  }
}
