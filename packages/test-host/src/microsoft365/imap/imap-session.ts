import type { TLSSocket } from 'node:tls';
import type { CastAccount } from '../cast.js';
import type { MailFolder } from '../mailboxes/mail-folder.js';
import type { Mailbox } from '../mailboxes/mailboxes.js';
import { Arguments } from './arguments.js';
import { ByteReader, InputTooLongError } from './byte-reader.js';
import { argumentError, bad, commandError, invalidState, notConnected, serverUnavailable } from './command.js';
import type { Completion, ImapCommand, SessionState } from './command.js';
import { BadCommandError, parseCommand, tagOf, type ParsedCommand } from './command-parser.js';
import { readCommand, type RawCommand } from './command-reader.js';
import { findCommand } from './commands.js';
import type { ImapServices } from './imap-services.js';
import { SelectedFolder } from './selected-folder.js';

/** Who signed in, and to which mailbox. */
export interface SignedIn {
  readonly user: CastAccount;
  /** Primary address of the mailbox. */
  readonly address: string;
  /** `undefined`: signed in, but there is no mailbox that opens. */
  readonly mailbox: Mailbox | undefined;
  /** When the access token ends, epoch milliseconds. */
  readonly expiresAt: number;
}

const ALLOWED_WHEN_NOT_CONNECTED = new Set(['CAPABILITY', 'LOGOUT']);
/** A client that is only a fault is sent away. */
const BAD_COMMANDS_LIMIT = 20;
const LINE_LIMIT = 16 * 1024;

/** One connection of a client. Commands run one after the other, in the order in which they come. */
export class ImapSession {
  readonly #reader: ByteReader;
  #signedIn: SignedIn | undefined;
  #selected: SelectedFolder | undefined;
  #badCommands = 0;
  #isEnding = false;

  constructor(
    private readonly socket: TLSSocket,
    readonly services: ImapServices,
  ) {
    this.#reader = new ByteReader(socket);
  }

  get signedIn(): SignedIn | undefined {
    return this.#signedIn;
  }

  /** @throws TypeError when there is none: such commands are allowed only when there is */
  get mailbox(): Mailbox {
    const mailbox = this.#signedIn?.mailbox;
    if (mailbox === undefined) throw new TypeError('Not connected to a mailbox');
    return mailbox;
  }

  /** @throws TypeError when there is none: such commands are allowed only when there is */
  get selected(): SelectedFolder {
    if (this.#selected === undefined) throw new TypeError('No folder selected');
    return this.#selected;
  }

  get state(): SessionState {
    if (this.#signedIn === undefined) return 'not-signed-in';
    return this.#selected === undefined ? 'signed-in' : 'selected';
  }

  signIn(signedIn: SignedIn): void {
    this.#signedIn = signedIn;
  }

  /** `undefined` closes what is selected. */
  select(folder: SelectedFolder | undefined): void {
    this.#selected = folder;
  }

  /** The folder of that name, in any case; `undefined` = none. */
  folder(name: string): MailFolder | undefined {
    const wanted = name.toLowerCase();
    return this.mailbox.folders.find((folder) => folder.name.toLowerCase() === wanted);
  }

  /** Resolves when the client can take more. */
  async write(data: string | Buffer): Promise<void> {
    if (this.socket.destroyed || this.socket.writableEnded || this.socket.write(data)) return;
    await new Promise<void>((resolve) => {
      const goOn = () => {
        this.socket.off('drain', goOn);
        this.socket.off('close', goOn);
        resolve();
      };
      this.socket.on('drain', goOn);
      this.socket.on('close', goOn);
    });
  }

  untagged(reply: string): Promise<void> {
    return this.write(`* ${reply}\r\n`);
  }

  continuation(text: string): Promise<void> {
    return this.write(`+ ${text}\r\n`);
  }

  /** A line that continues a command; `undefined` = the client has gone. */
  async nextLine(): Promise<string | undefined> {
    return (await this.#reader.line(LINE_LIMIT))?.toString('latin1');
  }

  /** Tells the client what is new in the selected folder. */
  async tellNews(mayRenumber: boolean): Promise<void> {
    if (this.#selected?.isInvalid === true) {
      await this.bye('Connection closed. 14');
      return;
    }
    for (const news of this.#selected?.news(mayRenumber) ?? []) await this.untagged(news);
  }

  /** The same from outside of a command, while the client waits in IDLE. */
  tellNewsSoon(): void {
    this.tellNews(true).catch((error: unknown) => {
      this.socket.destroy(Error.isError(error) ? error : undefined);
    });
  }

  /** Ends the connection once the reply to the present command is out. */
  endAfterReply(): void {
    this.#isEnding = true;
  }

  /** Ends the connection, saying why. */
  async bye(reason: string): Promise<void> {
    await this.untagged(`BYE ${reason}`);
    this.socket.end();
  }

  /** Ends the connection if the access token has ended. https://github.com/iroco-co/aioimaplib/issues/83 */
  async endIfExpired(): Promise<boolean> {
    if (this.#signedIn === undefined || this.#signedIn.expiresAt > this.services.clock.now()) return false;
    await this.bye('Session invalidated - AccessTokenExpired');
    return true;
  }

  /** Serves the client until it goes or is sent away. */
  async run(): Promise<void> {
    await this.untagged(`OK The Microsoft Exchange IMAP4 service is ready. [${this.services.banner}]`);
    try {
      while (!this.socket.writableEnded && (await this.#serveOne()));
    } catch (error) {
      if (!(error instanceof InputTooLongError)) throw error;
      await this.bye('Connection closed. 14');
    }
    this.socket.end();
  }

  async #serveOne(): Promise<boolean> {
    const askForLiteral = () => this.continuation('Ready for additional command text.');
    const outcome = await readCommand(this.#reader, this.#signedIn !== undefined, askForLiteral);
    if (outcome.kind === 'gone') return false;
    if (outcome.kind === 'refused') return this.#answer(tagOf(outcome.text), bad('Literal too long.'));
    if (outcome.command.text.trim() === '') return true;
    const { command, parsed } = this.#understand(outcome.command);
    if (parsed === undefined) return this.#answer(tagOf(outcome.command.text), commandError);
    this.services.record(this, parsed, outcome.command);
    if (await this.endIfExpired()) return false;
    const completion =
      command === undefined ? commandError : (this.#refusal(command) ?? (await this.#run(command, parsed)));
    await this.tellNews(command?.keepsNumbers !== true);
    if (!(await this.#answer(parsed.tag, completion))) return false;
    return !this.#isEnding && this.#goOnAfter(completion);
  }

  #understand(raw: RawCommand): { readonly command?: ImapCommand | undefined; readonly parsed?: ParsedCommand } {
    try {
      const parsed = parseCommand(raw);
      return { parsed, command: findCommand(parsed.name) };
    } catch (error) {
      if (error instanceof BadCommandError) return {};
      throw error;
    }
  }

  async #run(command: ImapCommand, { values }: ParsedCommand): Promise<Completion> {
    try {
      return await command.run(this, new Arguments(values));
    } catch (error) {
      if (error instanceof BadCommandError) return argumentError;
      throw error;
    }
  }

  #refusal({ name, allowed }: ImapCommand): Completion | undefined {
    const isFree = ALLOWED_WHEN_NOT_CONNECTED.has(name);
    if (this.#signedIn !== undefined && !isFree) {
      const { throttledMs, throttledBy, unavailable } = this.services.situations.of(this.#signedIn.address);
      if (throttledMs !== undefined) return throttled(throttledMs, throttledBy);
      if (unavailable === true) return serverUnavailable;
      if (this.#signedIn.mailbox === undefined) return notConnected;
    }
    const isAllowed =
      allowed === 'any' || allowed === this.state || (allowed === 'signed-in' && this.state === 'selected');
    return isAllowed ? undefined : invalidState;
  }

  async #answer(tag: string, { status, text }: Completion): Promise<boolean> {
    if (status === 'BAD') this.#badCommands += 1;
    await this.write(`${tag} ${status} ${text}\r\n`);
    if (this.#badCommands < BAD_COMMANDS_LIMIT) return true;
    await this.bye('Connection closed. 14');
    return false;
  }

  /** https://github.com/simonrob/email-oauth2-proxy/issues/191 */
  async #goOnAfter(completion: Completion): Promise<boolean> {
    if (!completion.text.startsWith(THROTTLED)) return true;
    await this.bye('Connection closed. 14');
    return false;
  }
}

const THROTTLED = 'Request is throttled.';

function throttled(milliseconds: number, status: 'BAD' | 'NO' = 'BAD'): Completion {
  return { status, text: `${THROTTLED} Suggested Backoff Time: ${milliseconds.toString()} milliseconds` };
}
