import type { Page } from './browser.adapter.js';

/**
 * What a person can't get at in this window, in words: controls that no scrolling brings into sight, text that is cut
 * off, and a page that is wider than its window.
 */
export function outOfReach(page: Page): Promise<readonly string[]> {
  return page.evaluate(findOutOfReach);
}

function findOutOfReach(): readonly string[] {
  const CONTROLS = 'a[href], button, input:not([type=hidden], [type=file]), select, textarea, summary, [tabindex="0"]';
  const describe = (element: Element): string => element.outerHTML.slice(0, 120);
  const isUsable = (element: Element): boolean =>
    element.checkVisibility() &&
    element.closest('[inert], [aria-hidden=true]') === null &&
    !element.hasAttribute('data-base-ui-focus-guard');

  const hidden = [...document.querySelectorAll(CONTROLS)].filter(isUsable).filter((control) => {
    control.scrollIntoView({ block: 'center', inline: 'nearest' });
    const { left, top, right, bottom, width, height } = control.getBoundingClientRect();
    const over = document.elementFromPoint(left + width / 2, top + Math.min(height, innerHeight) / 2);
    const isOver = over !== null && (control.contains(over) || over.contains(control));
    const fits = left >= 0 && right <= innerWidth && (height > innerHeight || (top >= 0 && bottom <= innerHeight));
    return !isOver || !fits;
  });
  const cut = [...document.querySelectorAll('body *')].filter(isUsable).filter((element) => {
    const { overflowX, overflowY } = getComputedStyle(element);
    if (element instanceof HTMLInputElement || element instanceof HTMLSelectElement) return false;
    const isWide = element.scrollWidth > element.clientWidth + 1 && overflowX !== 'visible';
    const isHigh = element.scrollHeight > element.clientHeight + 1 && ['hidden', 'clip'].includes(overflowY);
    return isWide || isHigh;
  });
  scrollTo(0, 0);
  const page = document.documentElement;
  return [
    ...hidden.map((element) => `out of reach: ${describe(element)}`),
    ...cut.map((element) => `cut off: ${describe(element)}`),
    ...(page.scrollWidth > page.clientWidth ? ['the page is wider than its window'] : []),
  ];
}
