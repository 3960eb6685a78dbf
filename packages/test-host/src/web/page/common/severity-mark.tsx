import type { Severity } from '@exact/host-contracts';

const SHAPES: Readonly<Record<Severity, string>> = {
  success: 'M4 10.5 8.2 15 16 5.5',
  error: 'M5 5l10 10M15 5 5 15',
  warning: 'M10 4v7M10 14.6v.8',
  info: 'M10 4.6v.8M10 8.5V16',
};

/** Tick, cross or the like. It only repeats what the text beside it says. */
export function SeverityMark({ severity }: { severity: Severity }) {
  return (
    <svg className={`mark ${severity}`} viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">
      <path d={SHAPES[severity]} fill="none" stroke="currentColor" strokeWidth="2.6" strokeLinecap="round" />
    </svg>
  );
}
