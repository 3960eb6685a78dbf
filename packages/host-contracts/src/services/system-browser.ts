import { contract } from '../contract.js';

/** The user's own browser, outside the host's windows. */
export interface SystemBrowser {
  /** Opens a page in a new window or tab. Throws a `FailureError` when it can't; the plugin then shows the link. */
  open(url: string): Promise<void>;
}

/** Use this to open a web page in the user's browser. */
export const SystemBrowser = contract<SystemBrowser>('SystemBrowser');
