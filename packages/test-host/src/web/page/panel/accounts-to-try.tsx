import type { PanelState } from '../../api/host-types.js';

/** Whom to sign in as, for each situation of an account: to be read beside the wizard. */
export function AccountsToTry({ accounts }: { accounts: PanelState['accounts'] }) {
  if (accounts.length === 0) return null;
  return (
    <section>
      <h3>Accounts</h3>
      <p className="hint">Every password is Smile-2026, every code 123456.</p>
      <details className="accounts">
        <summary>Whom to sign in as</summary>
        <ul aria-label="Accounts to try">
          {accounts.map(({ what, address, account, ends }) => (
            <li key={what}>
              <strong>{what}</strong>
              <span>
                Type <code>{address}</code>
              </span>
              <span>
                Sign in as <code>{account}</code>
              </span>
              <span>{ends}</span>
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}
