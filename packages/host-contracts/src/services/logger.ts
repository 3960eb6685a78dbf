import { contract } from '../contract.js';

/** Plain values to a log line. Never a token, a password, a subject, an address of a patient or anything that one wrote. */
export type LogData = Readonly<Record<string, string | number | boolean | undefined>>;

/** The host's log, for support. `event` is stable and dotted, e.g. `receive.batch-stored`. Never throws, never blocks. */
export interface Logger {
  info(event: string, data?: LogData): void;
  warn(event: string, data?: LogData): void;
  error(event: string, data?: LogData): void;
}

/** Use this to leave a trace for support. */
export const Logger = contract<Logger>('Logger');
