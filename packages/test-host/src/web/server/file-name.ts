/** Characters that Windows or a terminal gives a meaning, and those that reverse the reading order. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}<>:"/\\|?*]/gu;

/** A name under which a file can be kept on any system: no path, no control characters, 150 characters at most. */
export function safeFileName(name: string, otherwise: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const safe = last.replace(UNSAFE, '').replace(/^[.\s]+|[.\s]+$/g, '');
  if (safe === '') return otherwise;
  if (safe.length <= 150) return safe;
  const ending = /\.[^.]{1,10}$/.exec(safe)?.[0] ?? '';
  return safe.slice(0, 150 - ending.length).toWellFormed() + ending;
}

/** Value of `Content-Disposition` for a download (RFC 6266, with the encoding of RFC 8187). */
export function attachmentDisposition(name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]|["%\\]/g, '_');
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (each) => `%${each.charCodeAt(0).toString(16)}`);
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
