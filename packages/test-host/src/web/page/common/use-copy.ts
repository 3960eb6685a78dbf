import { useEffect, useRef, useState, type RefObject } from 'react';

/** Putting a text on the clipboard. */
export interface Copying {
  readonly copy: () => void;
  /** For a live region: what became of it. */
  readonly said: string;
  /** The browser refused its clipboard: the text stands in `box`, selected, so that the keyboard copies it. */
  readonly isByHand: boolean;
  /** Shows the text, at the latest when `isByHand`. */
  readonly box: RefObject<(HTMLInputElement & HTMLTextAreaElement) | null>;
}

export function useCopy(text: string): Copying {
  const box = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const [became, setBecame] = useState<{ readonly text: string; readonly isByHand: boolean; readonly nth: number }>();
  const isOfThis = became?.text === text;
  const isByHand = isOfThis && became.isByHand;
  useEffect(() => {
    if (isByHand) box.current?.select();
  }, [isByHand, became?.nth]);
  const copy = async (): Promise<void> => {
    const isCopied = await putOnClipboard(text);
    setBecame((before) => ({ text, isByHand: !isCopied, nth: (before?.nth ?? 0) + 1 }));
  };
  return {
    copy: () => {
      void copy();
    },
    said: isOfThis ? (became.isByHand ? 'The text is selected: press Ctrl+C to copy it.' : 'Copied.') : '',
    isByHand,
    box,
  };
}

async function putOnClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Refused, or there is none: the user copies by hand.
    return false;
  }
}
