import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { Html, html } from './html.js';

/** A page ready to be sent: its text, and the headers without which it must not be. */
export interface Page {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface PageContent {
  /** The heading, and the first words of the title. */
  readonly heading: string;
  readonly main: Html;
  /** 200 by default. */
  readonly status?: number;
  /** A script that may run, and the only one. None by default. */
  readonly script?: string;
  /** Where forms may go besides this server, an origin. By default the loopback address of any desktop app. */
  readonly formTarget?: string;
}

const STYLE = `
  * { box-sizing: border-box; }
  body { margin: 0; min-height: 100vh; display: flex; flex-direction: column; align-items: center; justify-content: center;
    gap: 1rem; padding: 1rem; background: linear-gradient(160deg, #e4ecf5, #f5f0ea); color: #1b1b1b;
    font: 15px/1.4 "Segoe UI", system-ui, sans-serif; }
  main { width: 100%; max-width: 27.5rem; padding: 2.75rem; background: #fff; box-shadow: 0 2px 6px rgb(0 0 0 / 20%); }
  h1 { margin: 0 0 1rem; font-size: 1.5rem; font-weight: 600; }
  p { margin: 0 0 1rem; }
  label { display: block; margin-bottom: 0.25rem; font-weight: 600; }
  input { width: 100%; padding: 0.4rem 0.5rem; border: 1px solid #666; border-radius: 2px; font: inherit; }
  button { padding: 0.45rem 1.25rem; border: 1px solid transparent; border-radius: 2px; background: #0b62b0; color: #fff;
    font: inherit; cursor: pointer; }
  button:hover { background: #084d8c; }
  button.second { background: #e2e2e2; color: #1b1b1b; }
  button.second:hover { background: #cfcfcf; }
  :focus-visible { outline: 2px solid #1b1b1b; outline-offset: 2px; }
  ul { margin: 0 0 1rem; padding-left: 1.25rem; }
  .accounts { margin: 0 0 1rem; padding: 0; list-style: none; }
  .accounts button { width: 100%; padding: 0.7rem 0.75rem; background: none; color: inherit; text-align: left; border-top-color: #ddd; }
  .accounts button:hover { background: #eef2f7; }
  .accounts span { display: block; }
  .accounts .note { color: #555; font-size: 0.85rem; }
  .actions { display: flex; gap: 0.5rem; margin-top: 1.5rem; }
  .problem { margin-top: 0.5rem; color: #a8071a; }
  .detail, footer { color: #555; font-size: 0.85rem; }
  footer { text-align: center; }
  @media (prefers-contrast: more) {
    button { background: #084d8c; }
    button.second, .accounts button { border-color: #1b1b1b; }
    .problem { color: #7a0513; }
    .detail, footer, .accounts .note { color: #1b1b1b; }
  }
`;

/** Draws a page of the sign-in. Nothing comes from elsewhere, and nothing but the given script runs (CSP). */
export function renderPage(content: PageContent): Page {
  const nonce = randomBytes(16).toString('base64');
  const script =
    content.script === undefined
      ? html``
      : html`<script nonce="${nonce}">
          ${new Html(content.script)};
        </script>`;
  const policy = [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    ...(content.script === undefined ? [] : [`script-src 'nonce-${nonce}'`]),
    `form-action 'self' ${content.formTarget ?? 'http://localhost:*'}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${content.heading} - Sign in to your account</title>
        <style nonce="${nonce}">
          ${new Html(STYLE)}
        </style>
      </head>
      <body>
        <main>
          <h1>${content.heading}</h1>
          ${content.main}
        </main>
        <footer>The test host's own sign-in pages, not Microsoft's.</footer>
        ${script}
      </body>
    </html>`;
  return {
    status: content.status ?? 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy.join('; '),
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    },
    body: page.text,
  };
}

export function sendPage(response: ServerResponse, page: Page): void {
  response.writeHead(page.status, { ...page.headers }).end(page.body);
}
