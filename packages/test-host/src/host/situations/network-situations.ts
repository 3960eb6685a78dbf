import type { Microsoft365 } from '../../microsoft365/microsoft365.js';
import type { BreakableNetwork } from '../../network/breakable-network.js';
import type { NetworkFaultId } from '../../network/network-faults.js';
import type { Situation } from './situation.js';

const LABELS: Readonly<Record<NetworkFaultId, string>> = {
  'sign-in-blocked': 'The network blocks the sign-in service',
  'sign-in-elsewhere': 'Something leads sign-ins to a look-alike of Microsoft',
  'receiving-blocked': 'The network blocks receiving (port 993)',
  'sending-blocked': 'The network blocks sending (port 587)',
  'receiving-silent': 'Receiving gets no answer (port 993)',
  'receiving-slow': 'Receiving is slow (64 kB a second)',
  'names-unknown': 'The names of the mail servers are not found (DNS)',
  'connections-opened': 'A security product opens secure connections',
  'certificate-ended': 'The mail servers’ certificate has expired',
  'certificate-of-another': 'The mail servers’ certificate is another server’s',
  'sending-unencrypted': 'The network takes STARTTLS out of sending',
  'clock-wrong': 'This computer’s clock is an hour slow',
  'clock-fast': 'This computer’s clock is an hour fast',
  'only-through-proxy': 'The network lets out only through its proxy',
  'proxy-asks': 'Only through a proxy, which asks for a sign-in (407)',
  'proxy-refuses': 'Only through a proxy, which refuses Microsoft (403)',
  'proxy-silent': 'Only through a proxy, which does not answer',
};

/** What can be wrong between the practice and Microsoft. */
export function networkSituations(network: BreakableNetwork): readonly Situation[] {
  return (Object.keys(LABELS) as NetworkFaultId[]).map((id) => ({
    id: `network-${id}`,
    group: 'Network',
    label: LABELS[id],
    kind: 'lasting',
    isOn: () => network.isBroken(id),
    set: (on) => (on ? network.break(id) : network.mend(id)),
  }));
}

/** A blip: the next connection works again. */
export function connectionsBreak({ imap, smtp }: Microsoft365): Situation {
  return {
    id: 'network-blip',
    group: 'Network',
    label: 'The connections to Microsoft break for a moment',
    kind: 'event',
    happen: () => {
      imap.breakConnections();
      smtp.breakConnections();
    },
  };
}
