import { useCallback, useEffect, useEffectEvent, useState } from 'react';
import { useHost } from '../api/host-context.js';

/** What the host has asked of the page. */
export interface HostRequests {
  /** Title of the help article to show. */
  readonly article: string | undefined;
  readonly closeArticle: () => void;
  /** The web page that was opened last, for a link in case the browser has blocked it. */
  readonly openedPage: string | undefined;
}

/** Does what the host asks of the page: opens a web page in a new tab at once, or shows a help article. */
export function useHostRequests(onRestarted: () => void): HostRequests {
  const host = useHost();
  const [article, setArticle] = useState<string>();
  const [openedPage, setOpenedPage] = useState<string>();
  const restarted = useEffectEvent(onRestarted);
  useEffect(
    () =>
      host.onEvent((event) => {
        if (event.kind === 'system-browser') {
          window.open(event.url, '_blank', 'noopener,noreferrer');
          setOpenedPage(event.url);
        }
        if (event.kind === 'help') setArticle(event.title);
        // A new event stream means that the host has cancelled what this page had open.
        if (event.kind === 'restarted' || event.kind === 'page') restarted();
      }),
    [host],
  );
  const closeArticle = useCallback(() => {
    setArticle(undefined);
  }, []);
  return { article, closeArticle, openedPage };
}
