import { type Html, html } from './html.js';
import { type Page, renderPage } from './page-layout.js';
import { DEVICE_LOGIN } from './protocol-endpoints.js';
import { describeScopes } from './scopes.js';
import type { PageName, Problem, SignInContext, SignInProgress } from './sign-in-flow.js';

type Draw = (context: SignInContext, progress: SignInProgress) => { readonly heading: string; readonly form: Html };

/** The pages in Microsoft's kind of words. What each does with its form stands in `sign-in-flow.ts`. */
const pages: Readonly<Record<PageName, Draw>> = {
  'pick-account': ({ known }) => ({
    heading: 'Pick an account',
    form: html`
      <ul class="accounts">
        ${known.map(
          ({ account, signedIn }, index) =>
            html`<li>
              <button name="account" value="${account.signInName}" ${index === 0 ? AUTOFOCUS : NOTHING}>
                <span>${account.displayName}</span>
                <span>${account.signInName}</span>
                ${signedIn ? html`<span class="note">Signed in</span>` : NOTHING}
              </button>
            </li>`,
        )}
        <li><button name="action" value="another">Use another account</button></li>
      </ul>
      ${actions(NOTHING)}
    `,
  }),
  'sign-in': ({ request }, { typedName, problem }) => ({
    heading: 'Sign in',
    form: html`
      <p>to continue to ${request.appName}</p>
      ${field({ name: 'email', label: 'Email', type: 'email', autocomplete: 'username', value: typedName, problem })}
      ${actions(html`<button>Next</button>`)}
    `,
  }),
  // The hidden field tells password managers whose password it is.
  password: (_context, { account, problem }) => ({
    heading: 'Enter password',
    form: html`
      <p>${account?.signInName ?? ''}</p>
      <input type="text" autocomplete="username" value="${account?.signInName ?? ''}" readonly hidden />
      ${field({ name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password', problem })}
      ${actions(html`<button>Sign in</button>`)}
    `,
  }),
  code: (_context, { account, problem }) => ({
    heading: 'Verify your identity',
    form: html`
      <p>${account?.signInName ?? ''}</p>
      <p>Enter the code shown in the authenticator app on your mobile device.</p>
      ${field({ name: 'code', label: 'Code', type: 'text', autocomplete: 'one-time-code', problem })}
      ${actions(html`<button>Verify</button>`)}
    `,
  }),
  permissions: ({ request }, { account }) => ({
    heading: 'Permissions requested',
    form: html`
      <p>${account?.signInName ?? ''}</p>
      ${request.approval ? html`<p>Review for your organization</p>` : NOTHING}
      <p><strong>${request.appName}</strong> would like to:</p>
      <ul>
        ${describeScopes(request.scopes).map((sentence) => html`<li>${sentence}</li>`)}
      </ul>
      <p>
        ${
          request.approval
            ? 'If you accept, this app gets access for all users in your organization. No one else will be prompted.'
            : 'Accepting these permissions means that you allow this app to use your data as it says.'
        }
      </p>
      ${actions(html`<button name="action" value="accept" autofocus>Accept</button>`)}
    `,
  }),
  'need-approval': ({ request }, { account }) => ({
    heading: 'Need admin approval',
    form: html`
      <p>${account?.signInName ?? ''}</p>
      <p>
        <strong>${request.appName}</strong> needs permission to access resources in your organization that only an admin
        can grant. Please ask an admin to grant permission to this app before you can use it.
      </p>
      <button autofocus>Return to the application without granting consent</button>
    `,
  }),
  'ask-for-approval': ({ request }, { account, problem }) => ({
    heading: 'Approval required',
    form: html`
      <p>${account?.signInName ?? ''}</p>
      <p>This app requires your admin's approval to:</p>
      <ul>
        ${describeScopes(request.scopes).map((sentence) => html`<li>${sentence}</li>`)}
      </ul>
      ${field({
        name: 'justification',
        label: 'Enter justification for requesting this app',
        type: 'text',
        autocomplete: 'off',
        problem,
      })}
      ${actions(html`<button>Request approval</button>`)}
    `,
  }),
  'approval-asked-for': () => ({
    heading: 'Request sent',
    form: html`
      <p>Your request has been sent to your admin. You will hear when it has been reviewed.</p>
      <button autofocus>Back to the application</button>
    `,
  }),
};

const NOTHING = html``;
const AUTOFOCUS = html`autofocus`;

export function drawSignInPage(context: SignInContext, progress: SignInProgress): Page {
  const { heading, form } = pages[progress.page](context, progress);
  return renderPage({
    heading,
    main: html`<form method="post" action="${signInPath(context.request.id)}" novalidate>
      <input type="hidden" name="page" value="${progress.page}" />
      ${form}
    </form>`,
  });
}

/** Where the pages of one sign-in are. */
export function signInPath(id: string): string {
  return `/sign-in/${encodeURIComponent(id)}`;
}

/** The way back to the app (OAuth 2.0 Form Post Response Mode): by itself with a script, else by the button. */
export function drawFormPost(redirectUri: string, fields: Readonly<Record<string, string>>): Page {
  return renderPage({
    heading: 'Returning to the app',
    main: html`<form method="post" action="${redirectUri}">
      ${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
      <button autofocus>Continue</button>
    </form>`,
    script: 'document.forms[0].submit();',
    formTarget: new URL(redirectUri).origin,
  });
}

/** A sign-in that can't go back to an app, because it isn't known which. */
export function drawProblem(sentence: string): Page {
  return renderPage({
    status: 400,
    heading: "We can't sign you in",
    main: html`<p role="alert">${sentence}</p>
      <p>Close this window and start again in the app.</p>`,
  });
}

/** Where the code of a device is typed. `problem`: why the last one was not taken. */
export function drawEnterCode(problem?: string): Page {
  return renderPage({
    heading: 'Enter code',
    main: html`<form method="post" action="${DEVICE_LOGIN}" novalidate>
      <p>Enter the code displayed on your app or device.</p>
      <p><strong>Do not enter codes from sources you don't trust.</strong></p>
      ${field({
        name: 'code',
        label: 'Code',
        type: 'text',
        autocomplete: 'off',
        problem: problem === undefined ? undefined : { sentence: problem },
      })}
      <div class="actions"><button>Next</button></div>
    </form>`,
  });
}

/** The end of a sign-in on a device: nothing leads back to the app from here. */
export function drawDeviceSignedIn(appName: string): Page {
  return renderPage({
    heading: appName,
    main: html`<p>You have signed in to the ${appName} application on your device. You may now close this window.</p>`,
  });
}

/** A policy of the organisation stands in the way. */
export function drawNoAccess(): Page {
  return renderPage({
    heading: "You don't have access to this",
    main: html`<p role="alert">
        Your sign-in was successful but does not meet the criteria to access this resource. For example, you might be
        signing in from a browser, app, location, or an authentication flow that is restricted by your admin.
      </p>
      <p class="detail">Error Code: 53003</p>`,
  });
}

export function drawSignedOut(): Page {
  return renderPage({ heading: 'You signed out of your account', main: html`<p>You can close this window.</p>` });
}

interface Field {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly autocomplete: string;
  readonly value?: string | undefined;
  readonly problem: Problem | undefined;
}

function field({ name, label, type, autocomplete, value, problem }: Field): Html {
  return html`<label for="${name}">${label}</label>
    <input
      id="${name}"
      name="${name}"
      type="${type}"
      value="${value ?? ''}"
      autocomplete="${autocomplete}"
      autofocus
      ${problem === undefined ? NOTHING : html`aria-invalid="true" aria-describedby="problem"`}
    />
    ${problem === undefined ? NOTHING : html`<p id="problem" class="problem" role="alert">${problem.sentence}</p>`}
    ${problem?.code === undefined ? NOTHING : html`<p class="detail">Error code: ${problem.code}</p>`}`;
}

/** The page's buttons, the one that Enter presses first. */
function actions(first: Html): Html {
  return html`<div class="actions">
    ${first}
    <button class="second" name="action" value="cancel">Cancel</button>
  </div>`;
}
