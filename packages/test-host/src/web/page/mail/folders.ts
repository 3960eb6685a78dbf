/** The tabs of the Email window. */
export const FOLDERS = [
  { folder: 'inbox', title: 'Inbox' },
  { folder: 'outbox', title: 'Outbox' },
  { folder: 'sent', title: 'Sent' },
  { folder: 'deleted', title: 'Deleted' },
] as const;

export type Folder = (typeof FOLDERS)[number]['folder'];

/** Rows of one page of a list. */
export const PAGE_SIZE = 100;
