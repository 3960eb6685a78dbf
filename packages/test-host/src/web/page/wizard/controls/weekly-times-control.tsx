import type { DaySpan, Weekday } from '@exact/host-contracts';
import { Button } from '../../common/button.js';
import { useListDraft } from '../use-list-draft.js';
import { Notes } from './notes.js';
import { useNoteIds, type ControlProps } from './control-props.js';

const DAYS: readonly { readonly weekday: Weekday; readonly name: string }[] = [
  { weekday: 1, name: 'Monday' },
  { weekday: 2, name: 'Tuesday' },
  { weekday: 3, name: 'Wednesday' },
  { weekday: 4, name: 'Thursday' },
  { weekday: 5, name: 'Friday' },
  { weekday: 6, name: 'Saturday' },
  { weekday: 7, name: 'Sunday' },
];
const END_OF_DAY = '24:00';
const OPENING_HOURS = { from: '08:00', to: '18:00' };

type Span = DaySpan & { readonly [key: string]: string | number };

export function WeeklyTimesView({ control, wizard }: ControlProps<'weeklyTimes'>) {
  const ids = useNoteIds(control);
  const value = control.value.map((span): Span => ({ ...span }));
  const { rows, set } = useListDraft<Span>(wizard, { id: control.id, value }, isComplete);
  const disabled = control.enabled === false;
  return (
    <fieldset className="times" aria-describedby={ids.describedBy} disabled={disabled}>
      <legend>{control.text}</legend>
      <ul className="day-rows">
        {DAYS.map((day) => (
          <DayRow key={day.weekday} day={day} rows={rows} set={set} disabled={disabled} />
        ))}
      </ul>
      <Notes control={control} ids={ids} />
    </fieldset>
  );
}

function DayRow({
  day,
  rows,
  set,
  disabled,
}: {
  readonly day: (typeof DAYS)[number];
  readonly rows: readonly Span[];
  readonly set: (rows: readonly Span[]) => void;
  readonly disabled: boolean;
}) {
  const own = rows.map((span, index) => ({ span, index })).filter(({ span }) => span.weekday === day.weekday);
  return (
    <li>
      <span className="day-name">{day.name}</span>
      <div className="day-spans">
        {own.length === 0 && <span className="hint">Not checked</span>}
        {own.map(({ span, index }, place) => (
          <SpanRow
            key={index}
            name={own.length === 1 ? day.name : `${day.name}, time ${(place + 1).toString()}`}
            span={span}
            disabled={disabled}
            onChange={(changed) => {
              set(rows.with(index, changed));
            }}
            onRemove={() => {
              set(rows.toSpliced(index, 1));
            }}
          />
        ))}
      </div>
      <Button
        look="quiet"
        disabled={disabled}
        label={`Add a time on ${day.name}`}
        onPress={() => {
          set([...rows, nextSpan(day.weekday, own.at(-1)?.span)]);
        }}
      >
        Add
      </Button>
    </li>
  );
}

function SpanRow(props: {
  readonly name: string;
  readonly span: Span;
  readonly disabled: boolean;
  readonly onChange: (span: Span) => void;
  readonly onRemove: () => void;
}) {
  const { name, span, disabled, onChange } = props;
  return (
    <span className="span-row">
      {isAllDay(span) ? (
        <AllDay {...{ name, span, disabled, onChange }} />
      ) : (
        <SpanTimes {...{ name, span, onChange }} />
      )}
      <Button look="quiet" disabled={disabled} label={`Remove ${name}`} onPress={props.onRemove}>
        Remove
      </Button>
      {!isComplete(span) && <span className="problem">The first time must be before the second.</span>}
    </span>
  );
}

function AllDay(props: {
  readonly name: string;
  readonly span: Span;
  readonly disabled: boolean;
  readonly onChange: (span: Span) => void;
}) {
  const { name, span, disabled, onChange } = props;
  return (
    <>
      <span className="all-day">All day</span>
      <Button
        look="quiet"
        disabled={disabled}
        label={`Set times on ${name}`}
        onPress={() => {
          onChange({ ...span, ...OPENING_HOURS });
        }}
      >
        Set times
      </Button>
    </>
  );
}

function SpanTimes(props: { readonly name: string; readonly span: Span; readonly onChange: (span: Span) => void }) {
  const { name, span, onChange } = props;
  return (
    <>
      <input
        type="time"
        aria-label={`${name}, from`}
        value={span.from}
        onChange={(event) => {
          onChange({ ...span, from: event.target.value });
        }}
      />
      <span aria-hidden="true">to</span>
      <input
        type="time"
        aria-label={`${name}, until`}
        value={span.to === END_OF_DAY ? '00:00' : span.to}
        aria-invalid={!isComplete(span)}
        onChange={(event) => {
          const to = event.target.value;
          onChange({ ...span, to: to === '00:00' ? END_OF_DAY : to });
        }}
      />
      {span.to === END_OF_DAY && <span className="hint">midnight</span>}
    </>
  );
}

function isAllDay(span: Span): boolean {
  return span.from === '00:00' && span.to === END_OF_DAY;
}

/** `HH:MM` sorts as text. */
function isComplete(span: Span): boolean {
  return span.from !== '' && span.to !== '' && span.from < span.to;
}

function nextSpan(weekday: Weekday, last: Span | undefined): Span {
  if (!last) return { weekday, ...OPENING_HOURS };
  return { weekday, from: last.to === END_OF_DAY ? '' : last.to, to: END_OF_DAY };
}
