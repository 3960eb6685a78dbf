import type { PanelState } from '../../api/host-types.js';
import { useHost } from '../api/host-context.js';
import { Button } from '../common/button.js';
import { useAction } from '../common/use-action.js';
import { Switch } from './switch.js';

type SituationView = PanelState['situations'][number];

/** What a real practice meets at Microsoft and on the way there, to be shown by a trainer. */
export function SituationTools({ situations }: { situations: PanelState['situations'] }) {
  if (situations.length === 0) return null;
  return (
    <section>
      <h3>Situations</h3>
      {[...Map.groupBy(situations, ({ group }) => group)].map(([group, inGroup]) => (
        <fieldset key={group} className="situations">
          <legend>{group}</legend>
          {inGroup.map((situation) => (
            <SituationTool key={situation.id} situation={situation} />
          ))}
        </fieldset>
      ))}
    </section>
  );
}

function SituationTool({ situation: { id, label, on } }: { situation: SituationView }) {
  const host = useHost();
  const { busy, run } = useAction();
  const set = (next: boolean) => host.call('panel.set-situation', { situation: id, on: next });
  if (on !== undefined) return <Switch label={label} on={on} onSwitch={set} />;
  const happen = async (): Promise<void> => {
    await set(true);
  };
  return (
    <Button disabled={busy} onPress={() => run(happen)}>
      {label}
    </Button>
  );
}
