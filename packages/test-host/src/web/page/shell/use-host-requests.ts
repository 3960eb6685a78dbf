import { useCallback, useEffect, useEffectEvent, useState } from 'react';
import { useHost } from '../api/host-context.js';

/** Does what the host asks of the page: opens a web page in a new tab at once, or shows a help article. */
export function useHostRequests(onRestarted: () => void): {
  readonly article: string | undefined;
  readonly closeArticle: () => void;
} {
  const host = useHost();
  const [article, setArticle] = useState<string>();
  const restarted = useEffectEvent(onRestarted);
  useEffect(
    () =>
      host.onEvent((event) => {
        if (event.kind === 'system-browser') window.open(event.url, '_blank', 'noopener,noreferrer');
        if (event.kind === 'help') setArticle(event.title);
        // A new event stream means that the host has cancelled what this page had open.
        if (event.kind === 'restarted' || event.kind === 'page') restarted();
      }),
    [host],
  );
  const closeArticle = useCallback(() => {
    setArticle(undefined);
  }, []);
  return { article, closeArticle };
}
