import type { ReactNode } from 'react';

/** The buttons at the foot of a window. */
export function WindowButtons({ children }: { children: ReactNode }) {
  return <div className="window-buttons">{children}</div>;
}
