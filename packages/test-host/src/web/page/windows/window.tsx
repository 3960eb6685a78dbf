import { Dialog } from '@base-ui/react/dialog';
import type { KeyboardEvent, ReactNode, RefObject } from 'react';
import { keepFocusIn } from './keep-focus.js';
import { keepTabInside } from './tab-trap.js';
import { useStackedWindow } from './window-stack.js';

/**
 * A window of the host. A blocking one makes the desktop and the windows under it inert; the panel "Test host" beside
 * the desktop can be clicked at any time, since it stands for the world outside. Escape is `onClose`.
 */
export function Window(props: {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly size: 'small' | 'medium' | 'large';
  readonly isBlocking?: boolean;
  /** What has the focus when it opens; the first control else. */
  readonly initialFocus?: RefObject<HTMLElement | null> | undefined;
}) {
  const isBlocking = props.isBlocking ?? true;
  const { layer, isCovered } = useStackedWindow(isBlocking);
  // On the way down, because a disabled button keeps its keys for itself on the way up.
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    // A window that was opened from this one is its child in React, but not on the screen.
    if (!event.currentTarget.contains(event.target as Node)) return;
    if (isBlocking) keepTabInside(event);
    if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
    event.stopPropagation();
    props.onClose();
  };
  return (
    <Dialog.Root
      open
      modal={false}
      disablePointerDismissal
      onOpenChange={(_open, details) => {
        // Only the window that holds the focus answers to Escape, below; Base UI would close all of them.
        details.cancel();
      }}
    >
      <Dialog.Portal container={layer}>
        {isBlocking && <div className="window-shade" aria-hidden="true" inert={isCovered} />}
        <Dialog.Popup
          ref={keepFocusIn}
          className={`window ${props.size}`}
          inert={isCovered}
          initialFocus={props.initialFocus}
          onKeyDownCapture={onKeyDown}
        >
          <Dialog.Title className="window-title">{props.title}</Dialog.Title>
          {props.children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
