import type { ReactNode } from 'react';

/** A cell of a list with a word before it that tells it apart, where there is one. */
export function TaggedText({ tag, children }: { tag: string | undefined; children: ReactNode }) {
  if (tag === undefined) return children;
  return (
    <>
      <span className="tag">{tag}</span> {children}
    </>
  );
}
