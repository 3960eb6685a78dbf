import type { Address, UnreadReason } from '@exact/host-contracts';

/** What is said before somebody answers a message whose answers may not be read. They may go on. */
export function unreadWarning(reason: UnreadReason, to: readonly Address[]): string {
  switch (reason) {
    case 'delivery-report':
      return 'A mail system wrote this message, so nobody reads an answer to it. To reach the patient, write a new email to an address that works.';
    case 'reply':
      return 'This message was written automatically while its sender is away. They may read your answer when they are back.';
    case 'receipt':
      return 'This message only says that an email was opened. Nobody waits for an answer to it.';
    case 'list':
      return 'This message went to many people at once. Your answer may be read by nobody, or by all of them.';
    case 'notice':
      return 'A program sent this message, so probably nobody reads an answer to it.';
    case 'no-reply-address':
      return `The address ${to[0]?.address ?? ''} says that nobody reads what is sent to it. Look in the message for another way to answer.`;
    case 'no-sender':
      return 'This message does not say who sent it. Type the address that your answer should go to.';
  }
}
