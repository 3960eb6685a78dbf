import type { LogData } from '@exact/host-contracts';

/** A defect for the log. Its message stays out where it is no `Error`, since that can be anything. */
export function describeError(error: unknown): LogData {
  return Error.isError(error) ? { error: error.name, stack: error.stack } : { error: typeof error };
}
