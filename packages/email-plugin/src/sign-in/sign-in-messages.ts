/** What the browser module asks of its page in the host besides msal-browser's envelopes: which app signs in where. */
export const SIGN_IN_APP_MESSAGE = 'exact-email.sign-in-app';
