/** What looks like a token, a key or an address, whatever an event called it. */
const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/\beyJ[\w-]+(?:\.[\w-]+){1,4}/g, '[token]'],
  [/\bBearer\s+\S+/gi, 'Bearer [token]'],
  [/(?<=[?&#](?:code|state|access_token|refresh_token|id_token|client_info)=)[^&\s]+/g, '[secret]'],
  [/[\w+=~.-]{60,}/g, '[long]'],
  [/[^\s"'<>(),;:]+@[^\s"'<>(),;:]+/g, '[address]'],
];

/** Takes what must not be in a log out of a text, for the case that a caller let it slip in. */
export function redact(text: string): string {
  return SECRETS.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), text);
}
