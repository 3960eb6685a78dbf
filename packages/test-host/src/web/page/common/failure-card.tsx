import type { Failure, FixedBy, Severity } from '@exact/host-contracts';

const WHO_FIXES: Readonly<Record<FixedBy, string>> = {
  user: 'You',
  admin: 'Your IT support',
  microsoft: 'Microsoft',
  vendor: 'EXACT support',
  nobody: 'Nobody: it passes by itself',
};

/**
 * What happened, who puts it right, what to do, when it is tried again; the server's own words only on request.
 * @param props.who instead of the one whom the failure names, where this user can't be meant
 * @param props.again one sentence about when it is tried again, where somebody does so; see `tried-again.ts`
 */
export function FailureCard(props: {
  readonly failure: Failure;
  readonly severity?: Severity;
  readonly who?: string | undefined;
  readonly again?: string | undefined;
}) {
  const { failure, severity = 'error', who = WHO_FIXES[failure.fixedBy], again } = props;
  return (
    <div className={`card ${severity}`}>
      <p className="card-sentence">{failure.sentence}</p>
      <p className="card-who">
        Who can put it right: <strong>{who}</strong>
      </p>
      {failure.advice !== '' && <p>{failure.advice}</p>}
      {again !== undefined && <p className="card-again">{again}</p>}
      <details>
        <summary>Details</summary>
        <p>Code for support: {failure.code}</p>
        {failure.details !== undefined && <p className="card-details">{failure.details}</p>}
      </details>
    </div>
  );
}
