import { safeFileName } from '../../api/safe-file-name.js';
import type { HostConnection } from '../api/host-connection.js';

/** How long the browser gets to begin the download before its copy in memory is let go, in milliseconds. */
const KEPT = 60_000;

/** Fetches a file with the page's secret and hands it to the browser as a download. Throws a `CallError`. */
export async function saveDownload(host: HostConnection, path: string, name: string): Promise<void> {
  save(await host.download(path), name);
}

/** Hands a text to the browser as a download. */
export function saveText(text: string, name: string): void {
  save(new Blob([text], { type: 'text/plain;charset=utf-8' }), name);
}

function save(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = safeFileName(name, 'attachment');
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, KEPT);
}
