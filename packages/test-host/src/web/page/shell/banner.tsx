import { useSyncExternalStore } from 'react';
import { useHost } from '../api/host-context.js';
import { Button } from '../common/button.js';
import { FailureCard } from '../common/failure-card.js';
import { triedByYou } from '../common/tried-again.js';
import { useReports } from '../common/reports.js';

/** What the user has to know before all else: the connection is gone, or something did not work. */
export function Banner() {
  const host = useHost();
  const state = useSyncExternalStore(host.onState, host.currentState);
  const { current, dismiss } = useReports();
  return (
    <div className="banner" role="alert">
      {state === 'lost' && (
        <p className="card warning">The test host does not answer. This page goes on by itself when it is back.</p>
      )}
      {state === 'replaced' && (
        <div className="card warning">
          <p>The test host was started anew. Reload this page to go on; what is open here is not saved.</p>
          <Button
            onPress={() => {
              location.reload();
            }}
          >
            Reload
          </Button>
        </div>
      )}
      {current && (
        <div className="banner-report">
          {current.failure ? (
            <FailureCard failure={current.failure} again={triedByYou(current.failure.retry)} />
          ) : (
            <p className="card error">{current.sentence}</p>
          )}
          <Button onPress={dismiss}>OK</Button>
        </div>
      )}
    </div>
  );
}
