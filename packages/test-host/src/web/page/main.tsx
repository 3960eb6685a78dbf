import { CSPProvider } from '@base-ui/react/csp-provider';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { HostConnection } from './api/host-connection.js';
import { HostProvider } from './api/host-context.js';
import { App } from './shell/app.js';
import './style/page.css';

function metaContent(name: string): string {
  return document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? '';
}

const root = document.getElementById('root');
if (!root) throw new Error('the page has no root element');
const connection = new HostConnection(metaContent('exact-secret'));
createRoot(root).render(
  <StrictMode>
    <CSPProvider nonce={metaContent('exact-style-nonce')}>
      <HostProvider connection={connection}>
        <App />
      </HostProvider>
    </CSPProvider>
  </StrictMode>,
);
