import type { EncodedTexts, MessageIndex } from '@exact/host-contracts';
import { number, optionalNumber, present } from './columns.js';
import type { PackedBytes } from './packed-bytes.js';
import type { Database } from './sqlite.adapter.js';

const NO_BYTES = new Uint8Array();

/** What messages are shown as: rows that say where it stands in the pack file, each text before its HTML. */
export class MessageTexts {
  constructor(
    private readonly database: Database,
    private readonly packed: PackedBytes,
  ) {}

  /** Inside the caller's transaction. */
  add(messages: readonly { readonly id: number; readonly texts: EncodedTexts }[]): void {
    const pieces = messages.flatMap(({ texts: { text = NO_BYTES, html = NO_BYTES } }) => [text, html]);
    let position = this.packed.write(pieces);
    for (const { id, texts } of messages) {
      const [text, html] = [texts.text?.length ?? null, texts.html?.length ?? null];
      this.database.run('INSERT INTO packed_texts VALUES (?, ?, ?, ?)', id, position, text, html);
      position += (text ?? 0) + (html ?? 0);
    }
  }

  read(id: number): Pick<MessageIndex, 'text' | 'html'> {
    const row = this.database.find('SELECT position, text, html FROM packed_texts WHERE message = ?', id);
    if (!row) return {};
    const position = number(row, 'position');
    const [text, html] = [optionalNumber(row, 'text'), optionalNumber(row, 'html')];
    return present<Pick<MessageIndex, 'text' | 'html'>>({
      text: this.#decode(position, text),
      html: this.#decode(position + (text ?? 0), html),
    });
  }

  #decode(position: number, length: number | undefined): string | undefined {
    return length === undefined ? undefined : Buffer.from(this.packed.read([{ position, length }])).toString();
  }
}
