import { useState } from 'react';
import { Button } from '../common/button.js';
import { ComposeField } from './compose-field.js';
import type { Draft } from './draft.js';

/** Whom an email goes to. The lines for copies are there once they are wanted. */
export function RecipientFields({ draft, onChange }: { draft: Draft; onChange: (part: Partial<Draft>) => void }) {
  const [hasCopies, setHasCopies] = useState(draft.cc !== '' || draft.bcc !== '');
  return (
    <>
      <ComposeField label="To" value={draft.to} onChange={(to) => onChange({ to })} />
      {hasCopies ? (
        <>
          <ComposeField label="Cc" autoFocus={draft.cc === ''} value={draft.cc} onChange={(cc) => onChange({ cc })} />
          <ComposeField
            label="Bcc"
            hint="Nobody else sees who gets it this way."
            value={draft.bcc}
            onChange={(bcc) => onChange({ bcc })}
          />
        </>
      ) : (
        <div className="field-action">
          <Button look="quiet" onPress={() => setHasCopies(true)}>
            Add Cc and Bcc
          </Button>
        </div>
      )}
    </>
  );
}
