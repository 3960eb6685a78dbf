import { tabStopsIn } from './tab-trap.js';

/**
 * Ref of a window. When the control that has the focus goes away, as a row does by its button "Remove", the nearest
 * control that is left gets it: a person with a keyboard would be thrown back to the start of the page else.
 */
export function keepFocusIn(window: HTMLElement | null): (() => void) | undefined {
  if (!window) return undefined;
  /** What had the focus last, and what lies around it up to the window. */
  let trail: readonly HTMLElement[] = [];
  const remember = ({ target }: FocusEvent): void => {
    if (target instanceof HTMLElement) trail = trailOf(target, window);
  };
  const observer = new MutationObserver(() => {
    if (document.activeElement !== document.body || trail[0]?.isConnected !== false) return;
    const left = trail.filter(({ isConnected }) => isConnected);
    const nearest = left.map((around) => tabStopsIn(around)[0]).find((stop) => stop !== undefined);
    (nearest ?? window).focus();
  });
  window.addEventListener('focusin', remember);
  observer.observe(window, { childList: true, subtree: true });
  return () => {
    window.removeEventListener('focusin', remember);
    observer.disconnect();
  };
}

function trailOf(element: HTMLElement, end: HTMLElement): readonly HTMLElement[] {
  const { parentElement } = element;
  return element === end || !parentElement ? [element] : [element, ...trailOf(parentElement, end)];
}
