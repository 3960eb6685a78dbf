/** A small page for the system's browser, complete in itself. `main` and `script` are ours, never somebody's input. */
export function browserPage(title: string, main: string, { script = '', nonce = '' } = {}): string {
  const behaviour = script === '' ? '' : `<script nonce="${nonce}">${script}</script>`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style nonce="${nonce}">${STYLE}</style></head><body><main><h1>${title}</h1>${main}</main>${behaviour}</body></html>`;
}

const STYLE =
  'body{font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:4rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}' +
  'a{color:#084d8c}.press{display:inline-block;padding:.5rem 1.25rem;background:#084d8c;color:#fff;text-decoration:none;border-radius:2px}' +
  ':focus-visible{outline:3px solid #1b1b1b;outline-offset:2px}';
