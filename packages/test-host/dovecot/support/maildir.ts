import { chown, mkdir, readdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { GeneratedMessage } from '../../src/microsoft365/sample-mail/generate-mailbox.js';

/** A mailbox as files, written straight beside the server (https://cr.yp.to/proto/maildir.html). */
export class Maildir {
  private delivered = 0;

  private constructor(
    private readonly directory: string,
    private readonly uid: number,
    private readonly gid: number,
  ) {}

  static async create(directory: string, uid: number, gid: number): Promise<Maildir> {
    for (const folder of ['new', 'cur', 'tmp']) {
      await mkdir(join(directory, folder));
      await chown(join(directory, folder), uid, gid);
    }
    return new Maildir(directory, uid, gid);
  }

  /** Delivers messages in their order; each gets the next UID. */
  async deliver(messages: Iterable<GeneratedMessage>): Promise<void> {
    const arrive = await this.prepare(messages);
    await arrive();
  }

  /** Writes messages beside the mailbox. What it gives lets them arrive, all within milliseconds. */
  async prepare(messages: Iterable<GeneratedMessage>): Promise<() => Promise<void>> {
    const names: string[] = [];
    for (const { raw, internalDate } of messages) {
      this.delivered += 1;
      const name = `${String(1_700_000_000 + this.delivered)}.M0P1.exact`;
      const file = join(this.directory, 'tmp', name);
      await writeFile(file, raw);
      await chown(file, this.uid, this.gid);
      await utimes(file, internalDate / 1000, internalDate / 1000);
      names.push(name);
    }
    return async () => {
      for (const name of names) await rename(join(this.directory, 'tmp', name), join(this.directory, 'new', name));
    };
  }

  /** Forgets all numbers while nobody is connected: the server gives new ones under a new UIDVALIDITY. */
  async renumber(): Promise<void> {
    for (const name of await readdir(this.directory)) {
      if (/^dovecot(-uidlist$|\.index)/.test(name)) await rm(join(this.directory, name));
    }
  }

  /** How many messages lie in it, and the flags that somebody set on any of them. */
  async state(): Promise<{ readonly messages: number; readonly flags: readonly string[] }> {
    const names = (await Promise.all(['new', 'cur'].map((folder) => readdir(join(this.directory, folder))))).flat();
    const flags = names.flatMap((name) => /:2,(.+)$/.exec(name)?.[1] ?? []);
    return { messages: names.length, flags };
  }
}
