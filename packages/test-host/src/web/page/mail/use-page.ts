import { useEffect, useState } from 'react';
import type { ListPage } from '../../api/answers.js';

/** A page of a list, as long as there is one: the last shown stays while the next is read, so that nothing flickers. */
export function usePage<Row>(
  answer: ListPage<Row> | undefined,
  offset: number,
  setOffset: (offset: number) => void,
): (ListPage<Row> & { readonly offset: number }) | undefined {
  const [shown, setShown] = useState<ListPage<Row> & { readonly offset: number }>();
  if (answer && (shown?.rows !== answer.rows || shown.offset !== offset)) setShown({ ...answer, offset });
  const isBeyondEnd = answer !== undefined && offset > 0 && offset >= answer.total;
  useEffect(() => {
    if (isBeyondEnd) setOffset(0);
  }, [isBeyondEnd, setOffset]);
  return shown;
}
