import { readMessage } from '../support/postal-mime.adapter.js';
import { linesOf, sameAddress, type AddressAsRead, type MessageAsRead } from './message-as-read.js';

type Parsed = Awaited<ReturnType<typeof readMessage>>;

/** A message as postal-mime reads it. */
export async function readWithPostalMime(raw: Uint8Array): Promise<MessageAsRead> {
  const email = await readMessage(raw);
  return {
    from: asRead([email.from])[0] ?? { name: '', address: '' },
    to: asRead(email.to ?? []),
    cc: asRead(email.cc ?? []),
    subject: email.subject ?? '',
    text: linesOf(email.text ?? ''),
    html: linesOf(email.html ?? ''),
    attachments: email.attachments.map(({ filename, content }) => ({
      name: filename ?? '',
      base64: Buffer.from(content as ArrayBuffer).toString('base64'),
    })),
    references: email.references?.split(' ') ?? [],
  };
}

function asRead(addresses: readonly (Parsed['from'] | undefined)[]): readonly AddressAsRead[] {
  return addresses
    .filter((each) => each !== undefined)
    .map(({ name, address }) => ({
      name,
      address: address === undefined || address === '' ? '' : sameAddress(address),
    }));
}
