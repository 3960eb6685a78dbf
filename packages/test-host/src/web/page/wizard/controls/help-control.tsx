import { useId } from 'react';
import { Button } from '../../common/button.js';
import type { ControlProps } from './control-props.js';

export function HelpView({ control, wizard }: ControlProps<'help'>) {
  const heading = useId();
  return (
    <div className="field">
      <Button
        look="quiet"
        expanded={control.open}
        disabled={control.enabled === false}
        onPress={() => {
          void wizard.press(control.id);
        }}
      >
        {control.text}
      </Button>
      {control.open && (
        <section className="help-steps" aria-labelledby={heading}>
          <h3 id={heading}>{control.text}</h3>
          <ol>
            {control.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </section>
      )}
    </div>
  );
}
