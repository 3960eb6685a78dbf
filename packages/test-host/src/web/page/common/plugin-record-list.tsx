import type { PluginRecord } from '../../api/host-types.js';

/** What became of each plugin at the host's start, and why. */
export function PluginRecordList({ plugins }: { plugins: readonly PluginRecord[] }) {
  if (plugins.length === 0) return <p>No plugin is installed.</p>;
  return (
    <ul className="plugins">
      {plugins.map((record) => (
        <li key={record.plugin}>{describe(record)}</li>
      ))}
    </ul>
  );
}

function describe(record: PluginRecord): string {
  switch (record.kind) {
    case 'loaded':
      return `${record.title} is loaded.`;
    case 'refused':
      return `${record.title} was not loaded. ${record.admission.reason}`;
    case 'failed':
      return `${record.title} could not be loaded. ${record.reason}`;
  }
}
