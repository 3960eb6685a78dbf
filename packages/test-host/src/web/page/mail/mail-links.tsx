import type { MailLink } from './html-cleaner.adapter.js';

/** The links of an email with where they really lead, so that nobody follows one blindly. */
export function MailLinks({ links }: { links: readonly MailLink[] }) {
  if (links.length === 0) return null;
  return (
    <details className="mail-links">
      <summary>Links in this email ({links.length})</summary>
      <ul>
        {links.map(({ text, target }) => (
          <li key={target}>
            {text} leads to{' '}
            <a href={target} target="_blank" rel="noopener noreferrer">
              {target}
            </a>
          </li>
        ))}
      </ul>
    </details>
  );
}
