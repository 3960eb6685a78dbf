import { readFileSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';

/** What the command line says. */
export interface CommandLineOptions {
  /** Beside the running server of `data`. */
  readonly workstation: boolean;
  /** Who sits there. */
  readonly user?: string;
  readonly port: number;
  readonly data: string;
  readonly hostVersion: string;
  /** Open the page in the system's browser. */
  readonly open: boolean;
  readonly imap?: HostAndPort;
  readonly smtp?: HostAndPort;
  /** An existing file. */
  readonly ca?: string;
  /** As it was typed; the start looks at it. */
  readonly proxy?: string;
  readonly clientId?: string;
  readonly tenant?: string;
  readonly allowRecipients: readonly string[];
}

export interface HostAndPort {
  readonly host: string;
  readonly port: number;
}

/** What to do with a command line. */
export type CommandLine =
  | { readonly kind: 'start'; readonly options: CommandLineOptions }
  | { readonly kind: 'help' }
  /** `problem` is one line for the person who typed it. */
  | { readonly kind: 'refused'; readonly problem: string };

export const HELP = `Usage: npm start -- [options]

  --port <number>               port of the page; default 7706, of a workstation any free one; 0 = a free one
  --data <folder>               where the database and the mail lie; default .data
  --workstation                 another PC of the practice, beside the test host that runs with --data
  --user <name>                 who sits there; default Front desk, at a workstation Back office
  --host-version <version>      what the host says it is; default V13.706
  --no-open                     do not open the page in the browser
  --imap <host:port>            another IMAP server on this machine
  --smtp <host:port>            another submission server on this machine
  --ca <file>                   PEM file of the authority that vouches for them
  --proxy <url>                 the proxy on the way to Microsoft 365: http://[user:password@]host:port
  --client-id <id>              the real Microsoft 365, with this app registration
  --tenant <id>                 its tenant; default any organisation
  --allow-recipient <address>   who may be written to; may be given several times
  --help                        this text
`;

/** The command line as node:util's parseArgs takes it. */
const OPTIONS = {
  port: { type: 'string' },
  data: { type: 'string', default: '.data' },
  'host-version': { type: 'string', default: 'V13.706' },
  workstation: { type: 'boolean', default: false },
  user: { type: 'string' },
  open: { type: 'boolean', default: true },
  imap: { type: 'string' },
  smtp: { type: 'string' },
  ca: { type: 'string' },
  proxy: { type: 'string' },
  'client-id': { type: 'string' },
  tenant: { type: 'string' },
  'allow-recipient': { type: 'string', multiple: true, default: [] as string[] },
  help: { type: 'boolean', default: false },
} as const;

/** What can't be understood; the message is the one line. */
class Problem extends Error {}

/** Reads the arguments behind the program's name. Never throws. */
export function readCommandLine(args: readonly string[]): CommandLine {
  try {
    const { values } = parseArgs({ args: [...args], options: OPTIONS, strict: true, allowNegative: true });
    return values.help ? { kind: 'help' } : { kind: 'start', options: check(values) };
  } catch (error) {
    if (!Error.isError(error)) throw error;
    // parseArgs explains how to pass an argument that begins with a dash in further sentences.
    return { kind: 'refused', problem: error instanceof Problem ? error.message : firstSentence(error.message) };
  }
}

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values'];

function check(values: Values): CommandLineOptions {
  const { imap, smtp, ca, proxy, tenant, workstation, port = workstation ? '0' : '7706' } = values;
  const user = values.user ?? (workstation ? 'Back office' : undefined);
  const clientId = values['client-id'];
  checkTogether(values);
  return {
    workstation,
    port: readPort('--port', port, 0),
    data: filled('--data', values.data),
    hostVersion: values['host-version'],
    open: values.open,
    allowRecipients: values['allow-recipient'].map(readAddress),
    ...(user !== undefined && { user: filled('--user', user).trim() }),
    ...(imap !== undefined && { imap: readServer('--imap', imap) }),
    ...(smtp !== undefined && { smtp: readServer('--smtp', smtp) }),
    ...(ca !== undefined && { ca: readPemFile('--ca', ca) }),
    ...(proxy !== undefined && { proxy: filled('--proxy', proxy) }),
    ...(clientId !== undefined && { clientId: filled('--client-id', clientId) }),
    ...(tenant !== undefined && { tenant: filled('--tenant', tenant) }),
  };
}

/** What a workstation has from its server. */
const OF_THE_SERVER = ['imap', 'smtp', 'ca', 'proxy', 'client-id', 'tenant'] as const;

/** Options that need or exclude each other. */
function checkTogether(values: Values): void {
  const { imap, smtp, ca, tenant, workstation, 'client-id': clientId, 'allow-recipient': recipients } = values;
  const ofServer = OF_THE_SERVER.find((option) => values[option] !== undefined);
  const foreign = ofServer ?? (recipients.length > 0 ? 'allow-recipient' : undefined);
  if (workstation && foreign) throw new Problem(`--${foreign} belongs to the server: a workstation has it from there.`);
  const hasServer = imap !== undefined || smtp !== undefined;
  if (tenant !== undefined && clientId === undefined) throw new Problem('--tenant needs --client-id.');
  if (clientId !== undefined && hasServer) {
    throw new Problem('--client-id is for the real Microsoft 365: its sign-ins must not go to --imap or --smtp.');
  }
  if (ca !== undefined && !hasServer) throw new Problem('--ca needs --imap or --smtp.');
}

function readAddress(address: string): string {
  if (/^[^\s@]+@[^\s@]+$/.test(address)) return address;
  throw new Problem(`--allow-recipient "${address}" is no email address.`);
}

function readPort(option: string, text: string, lowest: number): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port >= lowest && port <= 65_535) return port;
  throw new Problem(`${option} "${text}" is no port: a number from ${lowest} to 65535.`);
}

/** `host:port`, with an IPv6 address in brackets (RFC 3986 section 3.2.2). */
function readServer(option: string, text: string): HostAndPort {
  const [, bracketed, plain, port] = /^(?:\[([\da-f:.]+)\]|([^\s:[\]]+)):(\d+)$/i.exec(text) ?? [];
  const host = bracketed ?? plain;
  if (host === undefined || port === undefined) throw new Problem(`${option} "${text}" is not of the form host:port.`);
  return { host, port: readPort(option, port, 1) };
}

/** RFC 7468 section 5. */
function readPemFile(option: string, path: string): string {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) throw new Problem(`${option} "${path}" is no file.`);
  if (readFileSync(path, 'latin1').includes('-----BEGIN CERTIFICATE-----')) return path;
  throw new Problem(`${option} "${path}" holds no certificate in PEM form.`);
}

function filled(option: string, text: string): string {
  if (text.trim() !== '') return text;
  throw new Problem(`${option} is empty.`);
}

function firstSentence(message: string): string {
  const [first = message] = message.split(/(?<=\.)\s/);
  return `${first.replace(/\.$/, '')}. See --help.`;
}
