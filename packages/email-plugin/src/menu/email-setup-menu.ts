import type { MenuContribution } from '@exact/host-contracts';

/** The entry under the name that staff know; SMS stays the host's. */
export const emailSetupMenu: MenuContribution = {
  id: 'email-setup',
  menu: 'Configure',
  label: 'Email and SMS Setup',
  opens: { kind: 'wizard', wizard: 'email-setup' },
  right: 'configure-email',
};
