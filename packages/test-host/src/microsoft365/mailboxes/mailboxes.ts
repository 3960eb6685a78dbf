import { join } from 'node:path';
import type { Event } from '@exact/host-contracts';
import { accountOfAddress, patientMailboxes, type Cast } from '../cast.js';
import type { Microsoft365Clock } from '../clock.js';
import { directoryStorage } from './directory-storage.js';
import { Emitter } from './emitter.js';
import { FOLDER_NAMES, MailFolder, type FolderName } from './mail-folder.js';
import { memoryStorage } from './memory-storage.js';
import type { MessageFlag, StoredMessage } from './stored-message.js';

/** The mail of one account or of one patients' address. */
export interface Mailbox {
  /** Primary address, lower case. */
  readonly address: string;
  /** In the order of `FOLDER_NAMES`. */
  readonly folders: readonly MailFolder[];
  folder(name: FolderName): MailFolder;
}

/** A message that came into a mailbox. */
export interface Delivery {
  /** Primary address of the mailbox. */
  readonly address: string;
  readonly folder: FolderName;
  readonly uid: number;
}

export type DeliveryOutcome = ({ readonly kind: 'delivered' } & Delivery) | { readonly kind: 'no-such-mailbox' };

export interface DeliverOptions {
  /** Default: INBOX. */
  readonly folder?: FolderName;
  /** Epoch milliseconds. Default: now. */
  readonly internalDate?: number;
  readonly flags?: Iterable<MessageFlag>;
}

/** The mailboxes of a cast: one for each account that has one, and one for each address of the patients. */
export class Mailboxes {
  readonly #byAddress: ReadonlyMap<string, Mailbox>;
  readonly #deliveries = new Emitter<Delivery>();

  /** @param directory where to keep them; `undefined` = in memory only */
  constructor(
    private readonly cast: Cast,
    private readonly clock: Microsoft365Clock,
    directory: string | undefined,
  ) {
    const accounts = cast.accounts.filter((account) => account.hasMailbox);
    const addresses = [...accounts, ...patientMailboxes(cast)].map(({ address }) => address);
    const uidValidity = epochSeconds(clock);
    this.#byAddress = new Map(addresses.map((address) => [address, openMailbox(address, directory, uidValidity)]));
  }

  /** After each delivery, into any folder. */
  readonly onDidDeliver: Event<Delivery> = this.#deliveries.event;

  get all(): readonly Mailbox[] {
    return [...this.#byAddress.values()];
  }

  /** The mailbox that mail to this address (primary or alias, any case) comes into. */
  of(address: string): Mailbox | undefined {
    const primary = accountOfAddress(this.cast, address)?.address ?? address.trim().toLowerCase();
    return this.#byAddress.get(primary);
  }

  deliver(address: string, raw: Uint8Array, options: DeliverOptions = {}): DeliveryOutcome {
    const mailbox = this.of(address);
    if (mailbox === undefined) return { kind: 'no-such-mailbox' };
    const folder = options.folder ?? 'INBOX';
    const internalDate = options.internalDate ?? this.clock.now();
    const { uid } = mailbox.folder(folder).append({ raw, internalDate, flags: options.flags ?? [] });
    const delivery = { address: mailbox.address, folder, uid };
    this.#deliveries.fire(delivery);
    return { kind: 'delivered', ...delivery };
  }

  /** Ascending by UID. */
  messages(address: string, folder: FolderName = 'INBOX'): readonly StoredMessage[] {
    return this.#existing(address).folder(folder).messages;
  }

  /** The folder gets a higher UIDVALIDITY and its messages new UIDs, from 1. */
  renewUidValidity(address: string, folder: FolderName = 'INBOX'): void {
    const renewed = this.#existing(address).folder(folder);
    renewed.renumber(Math.max(renewed.uidValidity + 1, epochSeconds(this.clock)));
  }

  /** Moves a message, as a person does in Outlook. It gets a new UID, also on its way back; `undefined` = not there. */
  move(address: string, uid: number, from: FolderName, to: FolderName): number | undefined {
    const mailbox = this.#existing(address);
    const message = mailbox.folder(from).find(uid);
    if (message === undefined) return undefined;
    const { internalDate, flags } = message;
    const moved = mailbox.folder(to).append({ raw: message.raw(), internalDate, flags });
    mailbox.folder(from).remove([uid]);
    return moved.uid;
  }

  #existing(address: string): Mailbox {
    const mailbox = this.of(address);
    if (mailbox === undefined) throw new RangeError(`No mailbox with the address ${address}`);
    return mailbox;
  }
}

function openMailbox(address: string, directory: string | undefined, uidValidity: number): Mailbox {
  const opened = new Map(
    FOLDER_NAMES.map((name) => {
      const storage =
        directory === undefined
          ? memoryStorage()
          : directoryStorage(join(directory, encodeURIComponent(address), name));
      return [name, new MailFolder(name, storage, uidValidity)];
    }),
  );
  const folder = (name: FolderName): MailFolder => {
    const found = opened.get(name);
    if (found === undefined) throw new RangeError(`No folder ${name}`);
    return found;
  };
  return { address, folders: [...opened.values()], folder };
}

function epochSeconds(clock: Microsoft365Clock): number {
  return Math.floor(clock.now() / 1000);
}
