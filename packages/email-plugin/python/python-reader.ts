import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { linesOf, sameAddress, type MessageAsRead } from '../test/right-mail/message-as-read.js';

/** A message as Python reads it, with all that its reader objects to. */
export interface PythonReading {
  readonly message: MessageAsRead;
  readonly defects: readonly string[];
}

type Printed = Omit<MessageAsRead, 'text' | 'html'> & {
  readonly text: string;
  readonly html: string;
  readonly defects: readonly string[];
};

/** Python with its own reader of email, running. Reads one message after the other. */
export class PythonReader implements AsyncDisposable {
  private readonly python = spawn('python3', [fileURLToPath(new URL('read_message.py', import.meta.url))], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  private readonly lines = createInterface(this.python.stdout)[Symbol.asyncIterator]();

  async read(raw: Uint8Array): Promise<PythonReading> {
    this.python.stdin.write(`${Buffer.from(raw).toString('base64')}\n`);
    const line = await this.lines.next();
    if (line.done) throw new Error('Python ended');
    const { defects, ...message } = JSON.parse(line.value) as Printed;
    return { message: asRead(message), defects };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.python.stdin.end();
    if (this.python.exitCode === null) await once(this.python, 'exit');
  }
}

function asRead({ from, to, cc, text, html, ...rest }: Omit<Printed, 'defects'>): MessageAsRead {
  const address = (each: MessageAsRead['from']) => ({
    ...each,
    address: each.address === '' ? '' : sameAddress(each.address),
  });
  return {
    ...rest,
    from: address(from),
    to: to.map(address),
    cc: cc.map(address),
    text: linesOf(text),
    html: linesOf(html),
  };
}
