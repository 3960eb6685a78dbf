import type { ApprovalNeed } from '../sign-in/sign-in.js';

/** As the app is registered, see `docs/entra-app-registration.md`. The id is what counts. */
const APP_NAME = 'EXACT Email';

/**
 * What the practice sends to its IT support. The way through the admin centre is Microsoft's:
 * https://learn.microsoft.com/en-us/entra/identity/enterprise-apps/grant-admin-consent and …/review-admin-consent-requests.
 */
export function approvalMessage({ link, clientId, at, correlationId }: ApprovalNeed): string {
  return [
    `Please approve the app ${APP_NAME} in our Microsoft 365. Our practice needs it to send and receive email with EXACT.`,
    '',
    `App: ${APP_NAME}`,
    `Application (client) ID: ${clientId}`,
    '',
    'Permissions, all delegated (each only for the person who signs in):',
    '- IMAP.AccessAsUser.All (Office 365 Exchange Online): receive email',
    '- SMTP.Send (Office 365 Exchange Online): send email',
    '- offline_access, openid, profile (Microsoft Graph): stay signed in, and know who signed in',
    '',
    'How to approve: open this link, sign in as Cloud Application Administrator, Application Administrator or Privileged Role Administrator, and press Accept.',
    link,
    'Afterwards you may see a page that can’t be displayed: that is fine, the approval is stored.',
    '',
    'If somebody has sent a request for approval: https://entra.microsoft.com > Entra ID > Enterprise apps > Admin consent requests > My Pending > the app > Review permissions and consent.',
    'Where the approval shows, and where it can be given again: https://entra.microsoft.com > Entra ID > Enterprise apps > All applications > the app > Permissions > Grant admin consent.',
    '',
    `Time: ${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`,
    ...(correlationId === undefined ? [] : [`Correlation ID: ${correlationId}`]),
  ].join('\n');
}
