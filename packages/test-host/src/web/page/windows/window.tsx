import { Dialog } from '@base-ui/react/dialog';
import type { KeyboardEvent, ReactNode } from 'react';
import { useStackedWindow } from './window-stack.js';

/**
 * A window of the host. A blocking one makes the desktop and the windows under it inert; the panel "Test host" beside
 * the desktop stays usable at any time, since it stands for the world outside. Escape is `onClose`.
 */
export function Window(props: {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly size: 'small' | 'medium' | 'large';
  readonly isBlocking?: boolean;
}) {
  const isBlocking = props.isBlocking ?? true;
  const { layer, isCovered } = useStackedWindow(isBlocking);
  const closeOnEscape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.nativeEvent.isComposing) return;
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
        <Dialog.Popup className={`window ${props.size}`} inert={isCovered} onKeyDown={closeOnEscape}>
          <Dialog.Title className="window-title">{props.title}</Dialog.Title>
          {props.children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
