import type { KeyboardEvent } from 'react';

const FOCUSABLE = 'a[href], button, input, select, textarea, summary, [tabindex]';

/** Keeps Tab inside a window that blocks what lies under it: behind its last control comes its first. */
export function keepTabInside(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'Tab') return;
  const stops = tabStopsIn(event.currentTarget);
  const [first, last] = [stops[0], stops.at(-1)];
  const isAtEnd = document.activeElement === (event.shiftKey ? first : last);
  const isOutside = !stops.some((stop) => stop === document.activeElement) && event.shiftKey;
  if (!isAtEnd && !isOutside) return;
  event.preventDefault();
  (event.shiftKey ? last : first)?.focus();
}

/** The controls within an element that Tab goes to, in their order. */
export function tabStopsIn(element: HTMLElement): readonly HTMLElement[] {
  return [...element.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(isTabStop);
}

function isTabStop(element: HTMLElement): boolean {
  if (element.tabIndex < 0 || element.matches(':disabled, [data-base-ui-focus-guard]')) return false;
  if (!element.checkVisibility()) return false;
  if (!(element instanceof HTMLInputElement) || element.type !== 'radio' || element.checked) return true;
  // Of a group of radio buttons only the chosen one is a stop.
  return !document.querySelector(`input[type=radio][name="${CSS.escape(element.name)}"]:checked`);
}
