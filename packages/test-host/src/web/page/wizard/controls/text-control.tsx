import type { ControlProps } from './control-props.js';

export function TextView({ control }: Pick<ControlProps<'text'>, 'control'>) {
  return <p>{control.text}</p>;
}
