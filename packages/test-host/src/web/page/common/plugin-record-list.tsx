import type { Failure } from '@exact/host-contracts';
import type { PluginRecord } from '../../api/host-types.js';
import { FailureCard } from './failure-card.js';

/** What became of each plugin at the host's start, and why. */
export function PluginRecordList({ plugins }: { plugins: readonly PluginRecord[] }) {
  if (plugins.length === 0) return <p>No plugin is installed.</p>;
  return (
    <ul className="plugins">
      {plugins.map((record) => (
        <li key={record.plugin}>
          {record.kind === 'loaded' ? `${record.title} is loaded.` : <FailureCard failure={failureOf(record)} />}
        </li>
      ))}
    </ul>
  );
}

/** Why a plugin is not there, for the card. */
function failureOf(record: Exclude<PluginRecord, { kind: 'loaded' }>): Failure {
  if (record.kind === 'refused') {
    const { code, reason } = record.admission;
    return {
      code: `host.${code}`,
      sentence: reason,
      fixedBy: 'vendor',
      advice: 'Ask EXACT support for versions that fit together. All settings are kept until then.',
      retry: { kind: 'never' },
    };
  }
  return {
    code: 'host.plugin-failed',
    sentence: `${record.title} could not be loaded.`,
    fixedBy: 'vendor',
    advice: 'Start EXACT again. If it stays, tell EXACT support. All settings are kept.',
    retry: { kind: 'never' },
    details: record.reason,
  };
}
