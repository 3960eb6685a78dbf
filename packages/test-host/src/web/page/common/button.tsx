import { Button as BaseButton } from '@base-ui/react/button';
import type { ReactNode } from 'react';

/** A push button. A disabled one keeps the focus and can be reached, so that nobody loses their place by the keyboard. */
export function Button(props: {
  readonly children: ReactNode;
  readonly onPress: () => void;
  readonly disabled?: boolean;
  readonly look?: 'plain' | 'main' | 'quiet';
  readonly describedBy?: string | undefined;
  readonly expanded?: boolean;
  readonly label?: string;
}) {
  return (
    <BaseButton
      className={`button ${props.look ?? 'plain'}`}
      disabled={props.disabled ?? false}
      focusableWhenDisabled
      onClick={props.onPress}
      aria-describedby={props.describedBy}
      aria-expanded={props.expanded}
      aria-label={props.label}
    >
      {props.children}
    </BaseButton>
  );
}
