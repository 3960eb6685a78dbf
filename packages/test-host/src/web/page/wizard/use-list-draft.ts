import type { JsonValue } from '@exact/host-contracts';
import { useState } from 'react';
import type { WizardSession } from './wizard-session.js';

/**
 * A list that is being edited. The rows stay as the user put them, also half filled; the complete ones are sent at each
 * change. Rows of the host come in when it holds something else than was sent.
 */
export function useListDraft<Row extends JsonValue>(
  wizard: WizardSession,
  control: { readonly id: string; readonly value: readonly Row[] },
  isComplete: (row: Row) => boolean,
): { readonly rows: readonly Row[]; readonly set: (rows: readonly Row[]) => void } {
  const [draft, setDraft] = useState<{ rows: readonly Row[]; sent: string; pending: boolean }>();
  const isOwn = draft !== undefined && (draft.pending || draft.sent === sortedForm(control.value));
  return {
    rows: isOwn ? draft.rows : control.value,
    set(rows) {
      const complete = rows.filter(isComplete);
      const sent = sortedForm(complete);
      setDraft({ rows, sent, pending: true });
      void wizard.change(control.id, complete).then(() => {
        setDraft((now) => (now?.rows === rows ? { ...now, pending: false } : now));
      });
    },
  };
}

/** The host may put the rows in order and leave out doubles. */
function sortedForm(rows: readonly JsonValue[]): string {
  return JSON.stringify([...new Set(rows.map((row) => canonical(row)))].sort());
}

function canonical(row: JsonValue): string {
  if (row === null || typeof row !== 'object') return JSON.stringify(row);
  return JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));
}
