import type { HostChange } from '../../host/host.js';

/** What the server tells a page over its event stream. The first event is `page`. */
export type PageEvent =
  /** The name of this page, which goes with its calls. */
  { readonly kind: 'page'; readonly page: string } | { readonly kind: 'wizard'; readonly wizard: string } | HostChange;

/** Header with the secret of this start; required under `/api/`. */
export const SECRET_HEADER = 'x-exact-secret';
/** Header with the page's name. */
export const PAGE_HEADER = 'x-exact-page';
/** Headers of an upload; the name is percent-encoded. */
export const FILE_NAME_HEADER = 'x-exact-file-name';

/** Bytes of one attachment: no provider takes more, Exchange Online 150 MB encoded when its administrator allows that. */
export const ATTACHMENT_LIMIT = 112_000_000;
