import { useId } from 'react';
import type { PanelState } from '../../api/host-types.js';
import { useHost } from '../api/host-context.js';
import { useLive } from '../api/use-live.js';
import { PluginRecordList } from '../common/plugin-record-list.js';
import { AccountsToTry } from './accounts-to-try.js';
import { PatientTools } from './patient-tools.js';
import { SettingLine } from './setting-line.js';
import { SituationTools } from './situation-tools.js';
import { Switch } from './switch.js';

/** The developer's panel: what a real practice has outside of the program. It stays usable over every window. */
export function TestHostPanel() {
  const state = useLive('panel', {}, ['panel', 'menu']);
  const heading = useId();
  return (
    <aside className="panel" aria-labelledby={heading}>
      <h2 id={heading}>Test host</h2>
      {state && (
        <>
          <HostSettings state={state} />
          <PatientTools patients={state.patients} />
          <AccountsToTry accounts={state.accounts} />
          <SituationTools situations={state.situations} />
          <section>
            <h3>Plugins</h3>
            <PluginRecordList plugins={state.plugins} />
          </section>
          <section>
            <h3>Data</h3>
            <p className="data-directory">{state.dataDirectory}</p>
          </section>
        </>
      )}
    </aside>
  );
}

function HostSettings({ state }: { state: PanelState }) {
  const host = useHost();
  return (
    <section>
      <h3>Host</h3>
      <SettingLine
        label="Host version"
        value={state.hostVersion}
        button="Restart"
        onSet={async (hostVersion) => {
          await host.call('panel.restart', { hostVersion });
        }}
      />
      <SettingLine
        label="Database name"
        value={state.databaseName}
        button="Rename"
        onSet={async (name) => {
          await host.call('panel.set-database-name', { name });
        }}
      />
      <p className={`genuine ${state.genuine ? 'yes' : 'no'}`}>
        {state.genuine
          ? 'The database counts as genuine: email may leave.'
          : 'The database does not count as genuine: nothing is signed in, received or sent.'}
      </p>
      <Switch
        label="May configure email"
        on={state.mayConfigure}
        onSwitch={(on) => host.call('panel.set-may-configure', { on })}
      />
      <Switch
        label="Campaign+"
        on={state.campaignPlus}
        onSwitch={(on) => host.call('panel.set-campaign-plus', { on })}
      />
    </section>
  );
}
