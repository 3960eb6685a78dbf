import { useLive } from '../api/use-live.js';
import { Button } from '../common/button.js';
import { PluginRecordList } from '../common/plugin-record-list.js';
import { WindowButtons } from '../windows/window-buttons.js';
import { Window } from '../windows/window.js';

export function AboutWindow({ onClose }: { onClose: () => void }) {
  const panel = useLive('panel', {}, ['panel']);
  return (
    <Window title="About" size="small" onClose={onClose}>
      <div className="window-body">
        <p>EXACT test host {panel?.hostVersion}</p>
        <p className="hint">It stands in for EXACT, so that the email plugin can be tried and tested without it.</p>
        <h2>Plugins</h2>
        <PluginRecordList plugins={panel?.plugins ?? []} />
      </div>
      <WindowButtons>
        <Button onPress={onClose}>Close</Button>
      </WindowButtons>
    </Window>
  );
}
