import type { Control } from '@exact/host-contracts';
import { useId } from 'react';
import type { WizardSession } from '../wizard-session.js';

/** What draws a control of one kind is given. */
export interface ControlProps<Kind extends Control['kind']> {
  readonly control: Extract<Control, { kind: Kind }>;
  readonly wizard: WizardSession;
}

/** Ids of the texts under a control, for `aria-describedby`. */
export interface NoteIds {
  readonly hint: string;
  readonly problem: string;
  /** Those that are shown. */
  readonly describedBy: string | undefined;
}

export function useNoteIds(control: Pick<Control, 'hint' | 'problem'>): NoteIds {
  const id = useId();
  const hint = `${id}hint`;
  const problem = `${id}problem`;
  const shown = [control.problem !== undefined && problem, control.hint !== undefined && hint].filter(Boolean);
  return { hint, problem, describedBy: shown.length > 0 ? shown.join(' ') : undefined };
}
