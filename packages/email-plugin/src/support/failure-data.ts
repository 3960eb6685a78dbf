import { redact, type Failure, type JsonObject } from '@exact/host-contracts';

/**
 * A failure as support reads it: its code and the server's words, not the sentence, which may name the practice's accounts.
 * @param known words of the email that it is about
 */
export function failureData({ code, fixedBy, retry, details }: Failure, known: readonly string[] = []): JsonObject {
  const again =
    retry.kind === 'backoff' && retry.at !== undefined ? `${retry.kind}, at ${asTime(retry.at)}` : retry.kind;
  return { code, 'fixed by': fixedBy, again, ...(details !== undefined && { details: redact(details, known) }) };
}

/** A point in time for support, UTC. */
export function asTime(at: number | undefined): string {
  return at === undefined ? 'never' : new Date(at).toISOString();
}
