/** What looks like a token, a key, a password, an address or the echo of a header, whatever it was called. */
const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/\beyJ[\w-]+(?:\.[\w-]+){1,4}/g, '[token]'],
  [/\bBearer\s+[^\s"']+/gi, 'Bearer [token]'],
  [
    /\b((?:access_|refresh_|id_)?token|client_info|client_secret|assertion|password|secret)(["']?\s*[=:]\s*["']?)[^\s"'&,;]{4,}/gi,
    '$1$2[secret]',
  ],
  [/(?<=[?&#\s](?:code|state)=)[^&\s"']+/g, '[secret]'],
  // Small and capital letters and digits in one word: drawn, not written. A correlation id of Microsoft's is no such word.
  [/(?<![\w-])(?=[\w-]*[a-z])(?=[\w-]*[A-Z])(?=[\w-]*\d)[\w-]{32,}/g, '[long]'],
  [/[\w+=~.-]{60,}|[\w+/]{100,}=*/g, '[long]'],
  [/\b(Subject|From|To|Cc|Bcc|Reply-To)(:\s*)(?:"[^"]*"|[^\r\n]+)/g, '$1$2[hidden]'],
  [/[^\s"'<>(),;:[\]]+@[^\s"'<>(),;:[\]]+/g, '[address]'],
];

/** Shorter words say nothing about anybody and stand in every other sentence. */
const SHORTEST_KNOWN = 3;

/**
 * Takes tokens, passwords, addresses and echoed headers out of a text: before it goes into a log, into what support is sent
 * or behind **Details**, for servers repeat what they were given.
 *
 * @param known what else must not stand in it, where the caller knows it: a patient's name, a subject. Found whatever its
 * case; what is shorter than three characters is left alone.
 */
export function redact(text: string, known: readonly string[] = []): string {
  const hidden = known
    .map((word) => word.trim())
    .filter((word) => word.length >= SHORTEST_KNOWN)
    .sort((one, other) => other.length - one.length);
  const without = hidden.reduce((rest, word) => rest.replaceAll(new RegExp(escaped(word), 'gi'), '[hidden]'), text);
  return SECRETS.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), without);
}

function escaped(word: string): string {
  return word.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
