import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ServerCertificate } from '../../src/microsoft365/certificates.js';
import { Maildir } from './maildir.js';

/** Exchange Online's, so that the client meets no extension that it won't have in practice. */
const CAPABILITIES =
  'IMAP4 IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 SASL-IR UIDPLUS MOVE ID UNSELECT CHILDREN IDLE NAMESPACE LITERAL+';

/** Whom Dovecot runs as: root hands its processes to `nobody`, anybody else keeps them. */
const IS_ROOT = process.getuid?.() === 0;
const USER = IS_ROOT ? 'nobody' : userInfo().username;

export interface DovecotOptions {
  readonly port: number;
  readonly certificate: ServerCertificate;
  /** Where access tokens are explained, `…?token=`. */
  readonly introspectionUrl: string;
  /** Everybody's password, for clients that know no OAuth. Default: nobody has one. */
  readonly password?: string;
}

/** A Dovecot of the test's own: base directory, port, certificate and mail store are gone with it. */
export class Dovecot implements AsyncDisposable {
  private constructor(
    private readonly child: ChildProcess,
    private readonly directory: string,
    /** The mailbox of whoever signs in. */
    readonly inbox: Maildir,
  ) {}

  /** Resolves when it takes connections. Throws with its log when it ends before. */
  static async start(options: DovecotOptions): Promise<Dovecot> {
    const directory = await mkdtemp(join(tmpdir(), 'exact-email-dovecot-'));
    const [uid, gid] = IS_ROOT ? idsOf(USER) : [userInfo().uid, userInfo().gid];
    for (const folder of ['base', 'state', 'mail']) await mkdir(join(directory, folder), { mode: 0o755 });
    // Dovecot's processes run as somebody else and have to pass through.
    await chmod(directory, 0o755);
    await chown(join(directory, 'mail'), uid, gid);
    await writeFile(join(directory, 'key.pem'), options.certificate.key, { mode: 0o600 });
    await writeFile(join(directory, 'chain.pem'), options.certificate.chain);
    await writeFile(join(directory, 'oauth2.conf'), oauth2(options.introspectionUrl));
    const configuration = join(directory, 'dovecot.conf');
    await writeFile(configuration, configure(directory, options, uid, gid));
    const inbox = await Maildir.create(join(directory, 'mail'), uid, gid);
    const child = spawn('dovecot', ['-F', '-c', configuration], { stdio: ['ignore', 'pipe', 'pipe'] });
    await untilReady(child);
    return new Dovecot(child, directory, inbox);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = once(this.child, 'exit');
    if (this.child.exitCode === null) {
      this.child.kill('SIGTERM');
      await ended;
    }
    await rm(this.directory, { recursive: true, force: true });
  }
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('the operating system gave no port');
  return address.port;
}

/** Dovecot says on its log that it has started; it listens by then. */
function untilReady(child: ChildProcess): Promise<void> {
  const said: string[] = [];
  return new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      createInterface({ input: stream }).on('line', (line) => {
        said.push(line);
        if (/starting up/.test(line)) resolve();
      });
    }
    child.once('error', reject);
    child.once('exit', (code) => {
      reject(new Error(`Dovecot ended with ${String(code)}:\n${said.join('\n')}`));
    });
  });
}

function oauth2(introspectionUrl: string): string {
  return [
    `introspection_url = ${introspectionUrl}`,
    'introspection_mode = get',
    'username_attribute = username',
    'active_attribute = active',
    'active_value = true',
  ].join('\n');
}

function configure(directory: string, { port, password }: DovecotOptions, uid: number, gid: number): string {
  const chroot = IS_ROOT ? '' : unprivileged();
  return `
base_dir = ${directory}/base
state_dir = ${directory}/state
log_path = /dev/stderr
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <${directory}/chain.pem
ssl_key = <${directory}/key.pem
ssl_min_protocol = TLSv1.2
default_internal_user = ${USER}
default_login_user = ${USER}
default_internal_group = ${IS_ROOT ? 'nogroup' : String(gid)}
mail_uid = ${String(uid)}
mail_gid = ${String(gid)}
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:${directory}/mail
mail_fsync = never
auth_mechanisms = plain xoauth2
auth_failure_delay = 0
imap_capability = ${CAPABILITIES}
namespace inbox {
  inbox = yes
}
passdb {
  driver = oauth2
  mechanisms = xoauth2
  args = ${directory}/oauth2.conf
}
${password === undefined ? '' : passwords(password)}
userdb {
  driver = static
  args = uid=${String(uid)} gid=${String(gid)} home=${directory}/mail
}
service imap-login {
  inet_listener imap {
    port = 0
  }
  inet_listener imaps {
    port = ${String(port)}
    ssl = yes
  }
}
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
${chroot}
`;
}

function passwords(password: string): string {
  return `passdb {\n  driver = static\n  mechanisms = plain login\n  args = password=${password}\n}`;
}

function unprivileged(): string {
  return ['anvil', 'imap-login', 'stats'].map((service) => `service ${service} {\n  chroot =\n}`).join('\n');
}

function idsOf(user: string): [uid: number, gid: number] {
  const id = (flag: string) => Number(spawnSync('id', [flag, user], { encoding: 'utf8' }).stdout);
  return [id('-u'), id('-g')];
}
