import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { startTestHost } from '@exact/test-host';
import { expect, test } from '@jest/globals';
import { IdentityBrowser } from './identity-browser.js';
import { RECEPTION, walkAs } from './identity-harness.js';
import { connectMailbox } from './set-up-walk.js';

const PLUGIN = fileURLToPath(new URL('../../email-plugin', import.meta.url));
const FINISH = fileURLToPath(new URL('fixtures/finish-set-up.ts', import.meta.url));
const HOOK = new URL('fixtures/kill-at-statement.adapter.ts', import.meta.url).href;

/** Nothing of an unfinished set-up. */
const NOTHING = { revision: 0, provider: undefined, tokens: false, account: false, prompts: [], audit: [] };

/** A practice's data, gone through set-up by processes of their own. */
class DataDirectory implements AsyncDisposable {
  private constructor(private readonly directory: string) {}

  static async create(): Promise<DataDirectory> {
    return new DataDirectory(await mkdtemp(join(tmpdir(), 'exact-finish-')));
  }

  /** Presses Finish in a process that is killed behind its n-th database statement from then on, or when it has finished. */
  async finishUntilKilled(statement: number): Promise<'killed' | 'finished'> {
    const child = spawn(
      process.execPath,
      ['--no-warnings', '--import', HOOK, FINISH, JSON.stringify({ ...this.options, plugin: PLUGIN }), RECEPTION],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: {
          ...process.env,
          KILL_AFTER_FILE: join(this.directory, 'finish-pressed'),
          KILL_AT_STATEMENT: String(statement),
        },
      },
    );
    const ended = once(child, 'exit');
    let last = '';
    for await (const line of createInterface({ input: child.stdout })) {
      last = line;
      if (line === 'finished') child.kill('SIGKILL');
      else await signIn(line);
    }
    await ended;
    return last === 'finished' ? 'finished' : 'killed';
  }

  /** What the next start finds. */
  async saved() {
    await using testHost = await startTestHost(this.options);
    const { stores } = testHost;
    const { revision, settings } = await stores.configuration.read();
    const enqueued = await stores.outbox.enqueue({ to: [], subject: '', text: '', attachments: [] });
    return {
      revision,
      provider: settings?.['provider'],
      tokens: (await stores.configuration.readSecret('token-cache')) !== undefined,
      account: enqueued.kind === 'queued',
      prompts: (await stores.prompts.pending()).map(({ id }) => id),
      audit: (await stores.audit.list({ offset: 0, limit: 500 })).rows.map(({ subject }) => subject),
    };
  }

  async question(): Promise<string | undefined> {
    await using testHost = await startTestHost({ ...this.options, plugin: PLUGIN });
    return (await testHost.host.prompts())[0]?.title;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.directory, { recursive: true });
  }

  private get options() {
    return { web: false, dataDir: this.directory, microsoft365: { sampleMail: {} } };
  }
}

async function signIn(url: string): Promise<void> {
  const browser = new IdentityBrowser();
  await browser.open(url);
  await walkAs(RECEPTION)(browser);
}

/** Whether anything of Finish was saved; if so, it is all there and the question comes. */
async function isSaved(data: DataDirectory): Promise<boolean> {
  const saved = await data.saved();
  if (saved.revision === 0) {
    expect(saved).toEqual(NOTHING);
    return false;
  }
  expect(saved).toEqual({
    revision: 1,
    provider: 'microsoft365',
    tokens: true,
    account: true,
    prompts: ['email.practice-information'],
    audit: ['email.schedule', 'email.sign-in', 'email.account', 'email.provider'],
  });
  expect(await data.question()).toBe('Practice Information');
  return true;
}

test('a kill at any step of Finish leaves nothing of it or all of it, and the question still comes', async () => {
  let statement = 0;
  for (let isOver = false; !isOver;) {
    statement += 1;
    await using data = await DataDirectory.create();
    expect(await data.finishUntilKilled(statement)).toBe('killed');
    isOver = await isSaved(data);
  }
  // Account, settings, secrets, question and audit at the least.
  expect(statement).toBeGreaterThan(5);
  await using data = await DataDirectory.create();
  expect(await data.finishUntilKilled(Infinity)).toBe('finished');
  expect(await isSaved(data)).toBe(true);
}, 300_000);

test('of two wizards at once the second Finish is refused, and says what the first changed', async () => {
  await using testHost = await startTestHost({ plugin: PLUGIN, web: false, microsoft365: { sampleMail: {} } });
  const { host, stores } = testHost;
  const [entry] = await host.menu();
  await using second = await host.openWizard(entry?.id ?? '');
  await second.change('provider', 'off');
  await connectMailbox(testHost);
  const outcome = await second.finish();
  expect(outcome).toMatchObject({ kind: 'refused', failure: { code: 'setup.changed-meanwhile' } });
  expect(outcome.kind === 'refused' && outcome.failure.sentence).toContain(
    `practice email address is ${RECEPTION} now`,
  );
  expect((await second.view()).refused).toBeDefined();
  expect((await stores.configuration.read()).settings).toMatchObject({ provider: 'microsoft365' });
});
