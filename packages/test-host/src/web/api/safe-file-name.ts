/** Characters that Windows or a terminal gives a meaning, and those that reverse the reading order; not the joiners that words in some scripts need. */
const UNSAFE = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Co}\p{Cs}<>:"/\\|?*]/gu;
/** Devices of Windows, with whatever ending. */
const RESERVED = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)/i;

/** A name under which a file can be kept on any system: no path, no control characters, no device, 150 characters at most. */
export function safeFileName(name: string, otherwise: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const safe = last
    .replace(UNSAFE, '')
    .replace(/^[.\s]+|[.\s]+$/g, '')
    .replace(RESERVED, '_$&');
  if (safe === '') return otherwise;
  if (safe.length <= 150) return safe;
  const ending = /\.[^.]{1,10}$/.exec(safe)?.[0] ?? '';
  return safe.slice(0, 150 - ending.length).toWellFormed() + ending;
}
