/**
 * Carries the Message-ID a second time: some of Microsoft's servers give a submitted message a Message-ID of their own, and
 * then this header is how its copy in Sent Items is found.
 */
export const OWN_MESSAGE_ID_HEADER = 'X-EXACT-Message-ID';
