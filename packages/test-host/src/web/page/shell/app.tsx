import type { Prompt } from '@exact/host-contracts';
import { useState } from 'react';
import { useLive } from '../api/use-live.js';
import { ReportsProvider } from '../common/reports.js';
import { HelpArticleWindow } from '../help/help-article-window.js';
import { TestHostPanel } from '../panel/test-host-panel.js';
import { Prompts } from '../prompts/prompts.js';
import { WindowStackProvider } from '../windows/window-stack.js';
import { Banner } from './banner.js';
import { Desktop } from './desktop.js';
import { MainWindows } from './main-windows.js';
import { useHostRequests } from './use-host-requests.js';
import { useOpenWindows } from './use-open-windows.js';

/** The host as its users see it: the desktop with its windows, and beside it the panel "Test host". */
export function App() {
  const [layer, setLayer] = useState<HTMLElement | null>(null);
  return (
    <ReportsProvider>
      <WindowStackProvider layer={layer}>
        <div className="page">
          <div className="desktop-side">
            <Shell />
            <div className="window-layer" ref={setLayer} />
          </div>
          <TestHostPanel />
        </div>
      </WindowStackProvider>
    </ReportsProvider>
  );
}

function Shell() {
  const windows = useOpenWindows();
  const prompts = useLive('prompts', {}, ['prompts', 'panel']) ?? [];
  const service = useLive('email-service', {}, ['health', 'menu', 'outbox']);
  const { article, closeArticle, openedPage } = useHostRequests(windows.hostRestarted);
  return (
    <>
      <Banner />
      <Desktop windows={windows} service={service} notices={prompts.filter(isNotice)} />
      <MainWindows windows={windows} service={service} />
      {article !== undefined && <HelpArticleWindow title={article} onClose={closeArticle} />}
      {windows.wizard === undefined && (
        <Prompts prompts={prompts.filter((prompt) => !isNotice(prompt))} openedPage={openedPage} />
      )}
    </>
  );
}

/** What a user sees who may not answer. */
function isNotice({ choices }: Prompt): boolean {
  return choices.length === 0;
}
