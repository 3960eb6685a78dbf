import addressparser from 'nodemailer/lib/addressparser';

/** The addresses that a line holds, groups taken apart; what is no address comes with an empty `address`. */
export function parseAddresses(line: string): readonly { readonly name: string; readonly address: string }[] {
  return addressparser(line, { flatten: true });
}
