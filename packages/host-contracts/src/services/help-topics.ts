import { contract } from '../contract.js';

/** The host's help. */
export interface HelpTopics {
  /** Opens the article of that title for the user, or the start of the help when there is none. */
  open(title: string): Promise<void>;
}

/** Use this to show an article of the host's help. */
export const HelpTopics = contract<HelpTopics>('HelpTopics');
