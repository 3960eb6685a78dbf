import { spawn } from 'node:child_process';

/** Whether somebody sits before this machine who could see a browser. */
export function hasDesktop(environment: NodeJS.ProcessEnv = process.env): boolean {
  if (environment['CI'] !== undefined) return false;
  if (process.platform === 'win32' || process.platform === 'darwin') return true;
  return environment['DISPLAY'] !== undefined || environment['WAYLAND_DISPLAY'] !== undefined;
}

/** Opens a page in the user's browser. `failed` is told when there is no program for that. */
export function openInBrowser(url: string, failed: (error: Error) => void): void {
  const [program, ...args] = OPENERS[process.platform] ?? ['xdg-open'];
  if (program === undefined) return;
  const opener = spawn(program, [...args, url], { stdio: 'ignore', detached: true });
  opener.once('error', failed);
  opener.unref();
}

const OPENERS: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};
