import { compareHostVersions, parseHostVersion } from './host-version.js';
import { CONTRACT_VERSION, type PluginManifest } from './manifest.js';

/** The host's answer to a plugin. A refusal carries its reason, which the host keeps on record. */
export type Admission =
  | { readonly admitted: true }
  | {
      readonly admitted: false;
      readonly code: 'host-too-old' | 'host-version-unreadable' | 'contract-mismatch' | 'inversify-mismatch';
      /** One sentence for the host's engineers and support. */
      readonly reason: string;
    };

/** What the host brings. */
export interface AdmittingHost {
  /** As the host names itself, e.g. `V13.706.1`. What can't be read counts as too old. */
  readonly version: string;
  /** The major of the inversify that builds the container. */
  readonly inversify: number;
}

/**
 * Decides by data alone whether the host loads a plugin. The host calls it before it imports anything of the plugin and
 * imports nothing when the answer is a refusal.
 */
export function admit(manifest: PluginManifest, host: AdmittingHost): Admission {
  const version = parseHostVersion(host.version);
  const enabledFrom = parseHostVersion(manifest.enabledFrom);
  if (!version || !enabledFrom) {
    const reason = `${manifest.title} needs ${manifest.enabledFrom}; the host version "${host.version}" can't be read.`;
    return { admitted: false, code: 'host-version-unreadable', reason };
  }
  if (compareHostVersions(version, enabledFrom) < 0) {
    const reason = `${manifest.title} needs ${manifest.enabledFrom} or newer; this host is ${host.version}.`;
    return { admitted: false, code: 'host-too-old', reason };
  }
  if (manifest.contractVersion !== CONTRACT_VERSION) {
    const reason = `${manifest.title} was built for contract ${manifest.contractVersion}; this host speaks ${CONTRACT_VERSION}.`;
    return { admitted: false, code: 'contract-mismatch', reason };
  }
  if (manifest.inversify !== host.inversify) {
    const reason = `${manifest.title} was built with inversify ${manifest.inversify}; this host has ${host.inversify}.`;
    return { admitted: false, code: 'inversify-mismatch', reason };
  }
  return { admitted: true };
}
