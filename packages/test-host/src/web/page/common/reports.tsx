import { createContext, use, useCallback, useMemo, useState, type ReactNode } from 'react';
import type { Failure } from '@exact/host-contracts';
import { CallError } from '../api/host-connection.js';

/** Something that did not work, for the user to read. */
export interface Report {
  readonly sentence: string;
  readonly failure?: Failure;
}

interface Reports {
  readonly current: Report | undefined;
  readonly report: (error: unknown) => void;
  readonly dismiss: () => void;
}

const ReportsContext = createContext<Reports | undefined>(undefined);

/** Holds what did not work last, until the user has read it. */
export function ReportsProvider({ children }: { children: ReactNode }) {
  const [current, setCurrent] = useState<Report>();
  const report = useCallback((error: unknown) => {
    setCurrent(asReport(error));
  }, []);
  const dismiss = useCallback(() => {
    setCurrent(undefined);
  }, []);
  const value = useMemo(() => ({ current, report, dismiss }), [current, report, dismiss]);
  return <ReportsContext value={value}>{children}</ReportsContext>;
}

export function useReports(): Reports {
  const reports = use(ReportsContext);
  if (!reports) throw new Error('there is no ReportsProvider around this component');
  return reports;
}

/** Shows an error at the top of the page. A defect goes to the browser's console as well. */
export function useReport(): (error: unknown) => void {
  return useReports().report;
}

/** What an error says to the user. */
function asReport(error: unknown): Report {
  if (error instanceof CallError) {
    return { sentence: error.sentence, ...(error.failure && { failure: error.failure }) };
  }
  // What the plugin's browser module could not do because of it.
  if (Error.isError(error) && error.cause instanceof CallError) return asReport(error.cause);
  reportError(error);
  return { sentence: 'Something went wrong on this page. The browser’s console says what.' };
}
