import { readFileSync } from 'node:fs';

/**
 * The most memory that was resident in this process. On Linux not by `resourceUsage`, which begins with what the process had
 * that started this one.
 */
export function peakMegabytes(): number {
  return (process.platform === 'linux' ? highWaterMark() : process.resourceUsage().maxRSS) / 1024;
}

function highWaterMark(): number {
  const kilobytes = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  if (kilobytes === undefined) throw new Error('The system does not say how much memory was used');
  return Number(kilobytes);
}
