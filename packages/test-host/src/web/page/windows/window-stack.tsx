import { createContext, use, useCallback, useEffect, useId, useMemo, useState, type ReactNode } from 'react';

interface OpenWindow {
  readonly id: string;
  /** What lies under it can't be used until it is closed. */
  readonly isBlocking: boolean;
}

interface WindowStack {
  readonly windows: readonly OpenWindow[];
  readonly add: (window: OpenWindow) => () => void;
  /** Where windows are drawn: over the desktop, beside the panel "Test host". */
  readonly layer: HTMLElement | null;
}

const WindowStackContext = createContext<WindowStack | undefined>(undefined);

/** Knows which windows lie over which. */
export function WindowStackProvider({ layer, children }: { layer: HTMLElement | null; children: ReactNode }) {
  const [windows, setWindows] = useState<readonly OpenWindow[]>([]);
  const add = useCallback((window: OpenWindow) => {
    setWindows((open) => [...open, window]);
    return () => {
      setWindows((open) => open.filter(({ id }) => id !== window.id));
    };
  }, []);
  const stack = useMemo(() => ({ windows, add, layer }), [windows, add, layer]);
  return <WindowStackContext value={stack}>{children}</WindowStackContext>;
}

function useStack(): WindowStack {
  const stack = use(WindowStackContext);
  if (!stack) throw new Error('there is no WindowStackProvider around this component');
  return stack;
}

/** Puts a window on top for as long as the component lives, and tells whether another covers it. */
export function useStackedWindow(isBlocking: boolean): {
  layer: HTMLElement | null;
  isCovered: boolean;
  isOver: boolean;
} {
  const { windows, add, layer } = useStack();
  const id = useId();
  useEffect(() => add({ id, isBlocking }), [add, id, isBlocking]);
  const own = windows.findIndex((window) => window.id === id);
  const isCovered = own >= 0 && windows.slice(own + 1).some((window) => window.isBlocking);
  return { layer, isCovered, isOver: own >= 0 };
}

/** Whether a window that blocks lies over the desktop itself. */
export function useDesktopCovered(): boolean {
  return useStack().windows.some((window) => window.isBlocking);
}
