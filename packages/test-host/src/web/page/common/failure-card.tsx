import type { Failure, FixedBy, Severity } from '@exact/host-contracts';

const WHO_FIXES: Readonly<Record<FixedBy, string>> = {
  user: 'You can put this right.',
  admin: 'The person who looks after your Microsoft 365 (your IT support) can put this right.',
  microsoft: 'Microsoft has to put this right.',
  vendor: 'EXACT support can put this right.',
  nobody: 'This passes by itself.',
};

/** What happened, who puts it right, what to do; the server's own words only on request. */
export function FailureCard({ failure, severity = 'error' }: { failure: Failure; severity?: Severity }) {
  return (
    <div className={`card ${severity}`}>
      <p className="card-sentence">{failure.sentence}</p>
      <p className="card-who">{WHO_FIXES[failure.fixedBy]}</p>
      {failure.advice !== '' && <p>{failure.advice}</p>}
      <details>
        <summary>Details</summary>
        <p>Code for support: {failure.code}</p>
        {failure.details !== undefined && <p className="card-details">{failure.details}</p>}
      </details>
    </div>
  );
}
