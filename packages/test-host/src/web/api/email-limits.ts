import { bytesOnTheWay, type ProviderLimits } from '@exact/host-contracts';

/** An email as far as the provider limits it. */
export interface EmailMeasure {
  /** Bytes of the text. */
  readonly text: number;
  /** Bytes of each attachment. */
  readonly attachments: readonly number[];
}

type Limits = Pick<ProviderLimits, 'messageBytes' | 'attachmentsPerMessage' | 'recipientsPerMessage'>;

const MEGABYTE = 1_048_576;

/** One sentence for each limit of the provider that the email is over, with what to do. */
export function overLimits(email: EmailMeasure & { readonly recipients: number }, limits: Limits): readonly string[] {
  const { recipients, attachments } = email;
  const problems: string[] = [];
  if (bytesOnTheWay(email) > limits.messageBytes) {
    problems.push(
      `Microsoft takes ${megabytes(limits.messageBytes)} an email at most. This one would have ${aboutMegabytes(email)} on its way. Remove some files, or send them in several emails.`,
    );
  }
  if (attachments.length > limits.attachmentsPerMessage) {
    problems.push(
      `Microsoft takes ${limits.attachmentsPerMessage.toLocaleString('en')} files in one email at most, and this one has ${attachments.length.toLocaleString('en')}. Remove some, or send them in several emails.`,
    );
  }
  if (recipients > limits.recipientsPerMessage) {
    problems.push(
      `Microsoft takes ${limits.recipientsPerMessage.toLocaleString('en')} recipients in one email at most, and this one has ${recipients.toLocaleString('en')}. Send it to fewer people at a time.`,
    );
  }
  return problems;
}

/** Why one more file can't go with the email; `undefined` = it can. Said before the file is even read. */
export function refusedFile(
  file: { readonly name: string; readonly size: number },
  email: EmailMeasure,
  limits: Limits,
): string | undefined {
  const not = `“${file.name}” was not attached:`;
  if (email.attachments.length >= limits.attachmentsPerMessage) {
    return `${not} Microsoft takes ${limits.attachmentsPerMessage.toLocaleString('en')} files in one email at most. Send it in another email.`;
  }
  const withFile = { ...email, attachments: [...email.attachments, file.size] };
  if (bytesOnTheWay(withFile) <= limits.messageBytes) return undefined;
  const alone = { text: 0, attachments: [file.size] };
  const limit = `and Microsoft takes ${megabytes(limits.messageBytes)} an email at most.`;
  return bytesOnTheWay(alone) > limits.messageBytes
    ? `${not} this file alone would have ${aboutMegabytes(alone)} on its way, ${limit} Make it smaller, or share it in another way.`
    : `${not} with it the email would have ${aboutMegabytes(withFile)} on its way, ${limit} Send it in another email.`;
}

/** How full the email is, once it has files. */
export function spaceUsed(email: EmailMeasure, limits: Limits): string {
  return `${aboutMegabytes(email)} of the ${megabytes(limits.messageBytes)} that Microsoft takes in one email`;
}

/** Rounded up, because the provider does not round. */
function aboutMegabytes(email: EmailMeasure): string {
  return `about ${Math.ceil(bytesOnTheWay(email) / MEGABYTE).toString()} MB`;
}

function megabytes(bytes: number): string {
  return `${Math.floor(bytes / MEGABYTE).toString()} MB`;
}
