/**
 * `code | OAuth error, with its suberror | description`: RFC 6749 sections 4.1.2.1 and 5.2, RFC 8628 section 3.5,
 * https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow. Rows under `local/` are our own words.
 */
export const OAUTH_LINES = `
invalid_grant/bad_token | invalid_grant/bad_token | The refresh token is not valid.
invalid_grant/token_expired | invalid_grant/token_expired | The refresh token has expired.
invalid_grant/basic_action | invalid_grant/basic_action | The condition can be resolved by user interaction during the interactive authentication flow.
invalid_grant/additional_action | invalid_grant/additional_action | The condition can be resolved by additional remedial interaction with the system, outside of the interactive authentication flow.
invalid_grant/message_only | invalid_grant/message_only | The condition cannot be resolved at this time. Launch the interactive flow to show a message that explains it.
invalid_grant/consent_required | invalid_grant/consent_required | User consent is missing or has been revoked.
invalid_grant | invalid_grant | The authorization code or refresh token is invalid or has expired.
interaction_required | interaction_required | The access grant requires interaction.
login_required | login_required | Too many or no users found.
consent_required | consent_required | The user or administrator has not approved this application.
access_denied/declined | access_denied | the user canceled the authentication
unauthorized_client | unauthorized_client | The client application is not permitted to request an authorization code.
invalid_client | invalid_client | Client authentication failed.
invalid_scope | invalid_scope | The requested permission is unknown or malformed.
invalid_resource | invalid_resource | The target resource is invalid because it does not exist or it is not correctly configured.
unsupported_response_type | unsupported_response_type | The authorization server does not support the response type in the request.
unsupported_grant_type | unsupported_grant_type | The authorization server does not support the authorization grant type.
server_error | server_error | The server encountered an unexpected error.
temporarily_unavailable | temporarily_unavailable | The server is temporarily too busy to handle the request.
authorization_pending | authorization_pending | The user has not finished authenticating, but has not canceled the flow.
slow_down | slow_down | The polling interval must be increased by 5 seconds.
authorization_declined | authorization_declined | The end user denied the authorization request.
expired_token | expired_token | The device code has expired, and authentication is no longer possible with it.
bad_verification_code | bad_verification_code | The device code sent to the token endpoint was not recognized.
invalid_request | invalid_request | Protocol error, such as a missing required parameter.
local/state_mismatch | state_mismatch | State mismatch error. Please check your network. Continued requests may cause cache overflow.
local/account_mismatch | account_mismatch | Somebody else signed in.
local/sign_in_timeout | sign_in_timeout | Nobody finished the sign-in.
local/no_refresh_token | no_refresh_token | The token reply has no refresh token.
local/missing_scope | missing_scope | The token reply grants less than was asked for.
`;
