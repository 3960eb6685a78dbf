import type { Arguments } from './arguments.js';
import { BadCommandError } from './command-parser.js';
import { parseSection, type Section } from './message/section.js';

/** One thing that FETCH asks for, RFC 9051 section 6.4.5. */
export type FetchItem =
  | { readonly kind: 'UID' | 'FLAGS' | 'INTERNALDATE' | 'RFC822.SIZE' | 'ENVELOPE' | 'BODYSTRUCTURE' | 'BODY' }
  | {
      readonly kind: 'SECTION';
      /** As it is named in the reply. */
      readonly label: string;
      readonly section: Section;
      /** Offset and number of bytes. */
      readonly partial?: readonly [number, number];
      readonly isPeek: boolean;
    };

const FAST: readonly FetchItem[] = [{ kind: 'FLAGS' }, { kind: 'INTERNALDATE' }, { kind: 'RFC822.SIZE' }];
const ALL: readonly FetchItem[] = [...FAST, { kind: 'ENVELOPE' }];
const MACROS: Readonly<Record<string, readonly FetchItem[]>> = { FAST, ALL, FULL: [...ALL, { kind: 'BODY' }] };
const PLAIN = new Set(['UID', 'FLAGS', 'INTERNALDATE', 'RFC822.SIZE', 'ENVELOPE', 'BODYSTRUCTURE', 'BODY']);

const WHOLE: Section = { path: [], of: 'ALL', fields: [] };
/** The names of IMAP4rev1 that sections replaced. */
const OLD_NAMES: Readonly<Record<string, FetchItem>> = {
  RFC822: { kind: 'SECTION', label: 'RFC822', section: WHOLE, isPeek: false },
  'RFC822.HEADER': { kind: 'SECTION', label: 'RFC822.HEADER', section: { ...WHOLE, of: 'HEADER' }, isPeek: true },
  'RFC822.TEXT': { kind: 'SECTION', label: 'RFC822.TEXT', section: { ...WHOLE, of: 'TEXT' }, isPeek: false },
};

/** Takes the items of FETCH: a macro, one item or a list. @throws BadCommandError */
export function fetchItems(args: Arguments): readonly FetchItem[] {
  const list = args.optionalList();
  if (list === undefined) {
    const name = args.atom();
    return MACROS[name.toUpperCase()] ?? [fetchItem(name)];
  }
  const items: FetchItem[] = [];
  while (!list.isEmpty) items.push(fetchItem(list.atom()));
  return items;
}

function fetchItem(written: string): FetchItem {
  const name = written.toUpperCase();
  if (PLAIN.has(name)) return { kind: name } as FetchItem;
  return OLD_NAMES[name] ?? sectionItem(written);
}

function sectionItem(written: string): FetchItem {
  const [matched, peek, section = '', offset, count] =
    /^BODY(\.PEEK)?\[([^\]]*)\](?:<(\d{1,10})\.([1-9]\d{0,9})>)?$/i.exec(written) ?? [];
  if (matched === undefined) throw new BadCommandError('unknown data item');
  const label = `BODY[${section}]${offset === undefined ? '' : `<${offset}>`}`;
  const item = { kind: 'SECTION', label, section: parseSection(section), isPeek: peek !== undefined } as const;
  return count === undefined ? item : { ...item, partial: [Number(offset), Number(count)] };
}
