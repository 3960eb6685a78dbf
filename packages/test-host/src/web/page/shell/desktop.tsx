import type { Prompt } from '@exact/host-contracts';
import type { EmailService } from '../../api/host-types.js';
import { useDesktopCovered } from '../windows/window-stack.js';
import { MenuBar } from './menu-bar.js';
import { StatusBar } from './status-bar.js';
import type { OpenWindows } from './use-open-windows.js';
import { WorkArea } from './work-area.js';

/** The host's main window: menu bar, work area, status bar. */
export function Desktop(props: {
  readonly windows: OpenWindows;
  readonly service: EmailService | undefined;
  /** Prompts that this user can't answer. */
  readonly notices: readonly Prompt[];
}) {
  const { windows, service, notices } = props;
  const isCovered = useDesktopCovered();
  return (
    <div className="desktop" inert={isCovered}>
      <MenuBar windows={windows} />
      <WorkArea />
      <StatusBar service={service} notices={notices} onDiagnosis={windows.show} />
    </div>
  );
}
