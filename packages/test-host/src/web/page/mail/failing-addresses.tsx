import type { FailingAddress } from '@exact/host-contracts';
import { useHost } from '../api/host-context.js';
import { Button } from '../common/button.js';
import { formatDay } from '../common/format.js';
import { useAction } from '../common/use-action.js';

/** To which addresses email did not arrive, when and why. A person who knows better says so. */
export function FailingAddresses(props: {
  readonly addresses: readonly FailingAddress[];
  /** After a person has said that an address works. */
  readonly onTrusted?: (address: string) => void;
}) {
  const host = useHost();
  const { busy, run } = useAction();
  const trust = async (address: string): Promise<void> => {
    await host.call('address.trust', { address });
    props.onTrusted?.(address);
  };
  return props.addresses.map(({ address, failure, at }) => (
    <div key={address} className="card warning">
      <p className="card-sentence">
        The last email to {address} did not arrive ({formatDay(at)}). {failure.sentence}
      </p>
      <p>{failure.advice}</p>
      <Button
        look="quiet"
        disabled={busy}
        label={`The address ${address} works`}
        onPress={() => {
          run(() => trust(address));
        }}
      >
        The address works
      </Button>
    </div>
  ));
}
