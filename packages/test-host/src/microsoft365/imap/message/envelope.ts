import { parseAddresses } from '../../address-parser.adapter.js';
import { list, nstring } from '../wire.js';
import { fieldValue, type HeaderField } from './header-fields.js';

const NIL = Buffer.from('NIL');

/** ENVELOPE of a message, RFC 9051 section 7.5.2. */
export function envelope(fields: readonly HeaderField[]): Buffer {
  const text = (name: string): Buffer => nstring(latin1(fieldValue(fields, name)));
  const from = addresses(fields, 'From') ?? NIL;
  return list([
    text('Date'),
    text('Subject'),
    from,
    addresses(fields, 'Sender') ?? from,
    addresses(fields, 'Reply-To') ?? from,
    addresses(fields, 'To') ?? NIL,
    addresses(fields, 'Cc') ?? NIL,
    addresses(fields, 'Bcc') ?? NIL,
    text('In-Reply-To'),
    text('Message-ID'),
  ]);
}

function addresses(fields: readonly HeaderField[], name: string): Buffer | undefined {
  const written = parseAddresses(fieldValue(fields, name) ?? '').filter(({ address }) => address !== '');
  if (written.length === 0) return undefined;
  const each = written.map((one) => {
    const at = one.address.lastIndexOf('@');
    const [local, host] = at < 0 ? [one.address, ''] : [one.address.slice(0, at), one.address.slice(at + 1)];
    return list([nstring(latin1(one.name === '' ? undefined : one.name)), NIL, nstring(local), nstring(host)]);
  });
  return Buffer.concat([Buffer.from('('), ...each, Buffer.from(')')]);
}

/** The bytes as they stand in the header. */
function latin1(value: string | undefined): Buffer | undefined {
  return value === undefined ? undefined : Buffer.from(value, 'latin1');
}
