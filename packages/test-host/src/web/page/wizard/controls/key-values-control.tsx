import type { ControlProps } from './control-props.js';

export function KeyValuesView({ control }: Pick<ControlProps<'keyValues'>, 'control'>) {
  return (
    <section aria-label={control.text}>
      <h3>{control.text}</h3>
      <dl className="key-values">
        {control.rows.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
