import type { Locator, Page } from './browser.adapter.js';

/** More stops than any page has. */
const STOPS = 90;

/** A person who has only a keyboard. After each key they can see where they are, or the test fails. */
export class Keyboard {
  constructor(private readonly page: Page) {}

  /** Presses keys one after the other. @throws when the focus is lost or can't be seen after one of them */
  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      await this.page.keyboard.press(key);
      await this.expectFocusInSight(`after ${key}`);
    }
  }

  /** Goes on by Tab, or back with Shift+Tab, to that control. @throws when Tab does not lead there */
  async tabTo(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    for (let stop = 0; stop < STOPS; stop += 1) {
      if (await isFocused(target)) return;
      await this.press(key);
    }
    throw new Error(`Tab does not lead to ${String(target)}`);
  }

  /** Goes to that button, link or check box and presses it, once it can be pressed. */
  async use(target: Locator, key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
    await this.tabTo(target);
    await target.and(this.page.locator(':not([aria-disabled=true])')).waitFor();
    await this.page.keyboard.press(key);
  }

  /** Goes to that field and types over what it holds. */
  async fill(target: Locator, text: string, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    await this.tabTo(target, key);
    await this.press('Control+A');
    await this.page.keyboard.type(text);
  }

  /** Waits until the focus is there. */
  async waitUntilAt(target: Locator): Promise<void> {
    await target.and(this.page.locator(':focus')).waitFor();
    await this.expectFocusInSight(`at ${String(target)}`);
  }

  async expectFocusInSight(when: string): Promise<void> {
    const fault = await this.page.evaluate(focusFault);
    if (fault !== undefined) throw new Error(`${when}: ${fault}`);
  }
}

function isFocused(target: Locator): Promise<boolean> {
  return target.evaluateAll((elements) => elements.some((element) => element === document.activeElement));
}

/** In the page: what keeps a person from seeing where they are. */
function focusFault(): string | undefined {
  const element = document.activeElement;
  if (!element || element === document.body) return 'the focus is lost';
  const what = element.outerHTML.slice(0, 120);
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const hasRing = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
  if (!hasRing && !element.hasAttribute('data-highlighted')) return `nothing shows the focus on ${what}`;
  const { left, top, width, height } = element.getBoundingClientRect();
  const over = document.elementFromPoint(left + width / 2, top + height / 2);
  const isInSight = over !== null && (element.contains(over) || over.contains(element));
  return isInSight ? undefined : `the focus is out of sight on ${what}`;
}
