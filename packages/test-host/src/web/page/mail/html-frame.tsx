import { useMemo } from 'react';
import { cleanHtml, type CleanedHtml } from './html-cleaner.adapter.js';
import { MailLinks } from './mail-links.js';

const NONCE = document.querySelector<HTMLMetaElement>('meta[name="exact-style-nonce"]')?.content ?? '';

/**
 * The HTML of an email, cleaned, in a frame of an origin of its own without scripts, forms and any network. `pictures`
 * is `undefined` while those inside the email are still being read.
 */
export function HtmlFrame({
  html,
  pictures,
}: {
  html: string;
  pictures: Readonly<Record<string, string>> | undefined;
}) {
  const cleaned = useMemo(() => cleanHtml(html, pictures ?? {}, NONCE), [html, pictures]);
  const text = frameDocument(cleaned);
  return (
    <>
      {cleaned.hasRemotePictures && <p className="card info">Pictures from the internet are not shown.</p>}
      {/* A new frame for every text: Chromium can leave one blank whose document is replaced while it still loads. */}
      <iframe key={text} className="mail-frame" title="Text of the email" sandbox="" srcDoc={text} tabIndex={0} />
      <MailLinks links={cleaned.links} />
    </>
  );
}

/** The frame inherits the policy of this page and makes it narrower. */
function frameDocument({ html }: CleanedHtml): string {
  const policy = `default-src 'none'; img-src data:; style-src 'nonce-${NONCE}'; style-src-attr 'unsafe-inline'; form-action 'none'`;
  return `<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">
<style nonce="${NONCE}">body{font:15px/1.5 "Segoe UI",system-ui,sans-serif;margin:12px;overflow-wrap:anywhere;color:#1b2530;background:#fff}img{max-width:100%}a{text-decoration:underline}</style>
</head><body>${html}</body></html>`;
}
