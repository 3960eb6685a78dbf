/**
 * `code | OAuth error | error_description` of the token or authorize endpoint, without trace, correlation and time; in the words of
 * https://login.microsoftonline.com/error and https://learn.microsoft.com/entra/identity-platform/reference-error-codes.
 */
export const ENTRA_LINES = `
AADSTS16000 | interaction_required | User account '{EmailHidden}' from identity provider 'live.com' does not exist in tenant 'Bright Smile' and cannot access the application '5f2b8c1e-0000-4000-8000-000000000001'(EXACT) in that tenant. The account needs to be added as an external user in the tenant first.
AADSTS16001 | interaction_required | User selected a session tile that the session select logic has rejected. Please pick another tile or account.
AADSTS16003 | interaction_required | User account has not been explicitly added to the tenant.
AADSTS50001 | invalid_resource | The application named https://outlook.office.com was not found in the tenant named Bright Smile. The resource is disabled or does not exist.
AADSTS50002 | access_denied | Sign in failed due to restricted proxy access on the tenant.
AADSTS50005 | interaction_required | User tried to log in to a device from a platform (Unknown) that's currently not supported through Conditional Access policy.
AADSTS50011 | invalid_request | The redirect URI 'http://localhost:50123' specified in the request does not match the redirect URIs configured for the application '5f2b8c1e-0000-4000-8000-000000000001'.
AADSTS50014 | interaction_required | The user's redemption is in a pending state. The account does not exist in the directory.
AADSTS50020 | invalid_grant | User account '{EmailHidden}' from identity provider 'https://sts.windows.net/9f3d/' does not exist in tenant 'Bright Smile' and cannot access the application '5f2b8c1e-0000-4000-8000-000000000001'(EXACT) in that tenant.
AADSTS500011 | invalid_resource | The resource principal named https://outlook.office.com was not found in the tenant named Bright Smile. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant.
AADSTS500021 | access_denied | Access to 'Bright Smile' tenant is denied.
AADSTS500208 | invalid_request | The domain is not a valid login domain for the account type.
AADSTS500212 | access_denied | The user's administrator has set an outbound access policy that does not allow access to the resource tenant.
AADSTS50033 | temporarily_unavailable | A transient error has occurred. Please try again.
AADSTS50034 | invalid_grant | The user account {EmailHidden} does not exist in the brightsmile.example directory. To sign into this application, the account must be added to the directory.
AADSTS50053 | invalid_grant | You've tried to sign in too many times with an incorrect user ID or password. The account is locked.
AADSTS50055 | invalid_grant | The password is expired.
AADSTS50056 | invalid_grant | Invalid or null password: password does not exist in the directory for this user.
AADSTS50057 | invalid_grant | The user account is disabled.
AADSTS50058 | login_required | A silent sign-in request was sent but no user is signed in.
AADSTS50059 | invalid_request | No tenant-identifying information found in either the request or implied by any provided credentials.
AADSTS50072 | interaction_required | Due to a configuration change made by your administrator, or because you moved to a new location, you must enroll in multi-factor authentication to access '00000002-0000-0ff1-ce00-000000000000'.
AADSTS50074 | interaction_required | Strong Authentication is required.
AADSTS50076 | invalid_grant | Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access '00000002-0000-0ff1-ce00-000000000000'.
AADSTS50078 | invalid_grant | Presented multi-factor authentication has expired due to policies configured by your administrator, you must refresh your multi-factor authentication to access '00000002-0000-0ff1-ce00-000000000000'.
AADSTS50079 | invalid_grant | Due to a configuration change made by your administrator, or because you moved to a new location, you must enroll in multi-factor authentication to access '00000002-0000-0ff1-ce00-000000000000'.
AADSTS50085 | invalid_grant | Refresh token needs social IDP login. Have user try signing-in again with username-password.
AADSTS50087 | temporarily_unavailable | A transient error has occurred during strong authentication. Please try again.
AADSTS50088 | invalid_grant | Limit on telecom MFA calls reached. Please try again in a few minutes.
AADSTS50089 | invalid_grant | Authentication failed due to flow token expired.
AADSTS50097 | interaction_required | Device authentication is required.
AADSTS50105 | access_denied | Your administrator has configured the application EXACT ('5f2b8c1e-0000-4000-8000-000000000001') to block users unless they are specifically granted ('assigned') access to the application. The signed in user '{EmailHidden}' is blocked because they are not a direct member of a group with access.
AADSTS50125 | interaction_required | Sign-in was interrupted because of a password reset or password registration entry.
AADSTS50126 | invalid_grant | Error validating credentials due to invalid username or password.
AADSTS50127 | interaction_required | Broker app needs to be installed for device authentication to succeed.
AADSTS50128 | invalid_request | Invalid domain name. No tenant-identifying information found in either the request or implied by any provided credentials.
AADSTS50131 | interaction_required | Device is not in required device state: {state}. Or, the request was blocked due to suspicious activity, access policy or security policy decisions.
AADSTS50132 | invalid_grant | The session is not valid due to the following reasons: password expiration or recent password change, SSO Artifact is invalid or expired, session is not fresh enough for application.
AADSTS50133 | invalid_grant | The session is not valid due to password expiration or recent password change.
AADSTS50140 | interaction_required | This occurred due to 'Keep me signed in' interrupt when the user was signing-in.
AADSTS50144 | invalid_grant | The user's Active Directory password has expired.
AADSTS50147 | invalid_request | Invalid size of Code_Challenge parameter.
AADSTS501481 | invalid_grant | The Code_Verifier does not match the code_challenge supplied in the authorization request.
AADSTS50155 | interaction_required | Device authentication failed for this user.
AADSTS50158 | interaction_required | External security challenge was not satisfied. User will be redirected to another page or authentication provider to satisfy additional authentication challenges.
AADSTS50173 | invalid_grant | The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password. The grant was issued on '2026-11-01T08:00:00.0000000Z' and the TokensValidFrom date (before which tokens are not valid) for this user is '2026-11-20T08:00:00.0000000Z'.
AADSTS50194 | invalid_request | Application '5f2b8c1e-0000-4000-8000-000000000001'(EXACT) is not configured as a multi-tenant application. Usage of the /common endpoint is not supported for such applications created after '10/15/2018'.
AADSTS50196 | invalid_request | The server terminated an operation because it encountered a client request loop. Please contact your app vendor.
AADSTS50197 | invalid_grant | Sign-in failed. The user could not be found. Try signing in again.
AADSTS50199 | interaction_required | For security reasons, user confirmation is required for this request. Please repeat the request allowing user interaction.
AADSTS51004 | invalid_grant | The user account {EmailHidden} does not exist in the Bright Smile directory. To sign into this application, the account must be added to the directory.
AADSTS53000 | interaction_required | Device is not in required device state: compliant. Conditional Access policy requires a compliant device, and the device is not compliant.
AADSTS53001 | interaction_required | Device is not in required device state: domain_joined. Conditional Access policy requires a domain joined device, and the device is not domain joined.
AADSTS53002 | interaction_required | Application used is not an approved application for Conditional Access.
AADSTS53003 | interaction_required | Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.
AADSTS53004 | interaction_required | User needs to complete Multi-factor authentication registration process before accessing this content.
AADSTS53011 | access_denied | User blocked due to risk on home tenant.
AADSTS530032 | access_denied | Blocked by security policy. The tenant admin has configured a security policy that blocks this request.
AADSTS530034 | access_denied | A delegated administrator was blocked from accessing the tenant due to account risk in their home tenant.
AADSTS530035 | access_denied | Access has been blocked by security defaults.
AADSTS54005 | invalid_grant | OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.
AADSTS65001 | invalid_grant | The user or administrator has not consented to use the application with ID '5f2b8c1e-0000-4000-8000-000000000001' named 'EXACT'. Send an interactive authorization request for this user and resource.
AADSTS65004 | access_denied | User declined to consent to access the app.
AADSTS65005 | invalid_client | The application 'EXACT' asked for scope 'IMAP.AccessAsUser.All' that doesn't exist on the resource, or the required resource access list does not contain it.
AADSTS650052 | invalid_client | The app is trying to access a service '00000002-0000-0ff1-ce00-000000000000'(Office 365 Exchange Online) that your organization 'Bright Smile' lacks a service principal for. Contact your IT Admin to review the configuration of your service subscriptions.
AADSTS650053 | invalid_scope | The application 'EXACT' asked for scope 'IMAP.Access' that doesn't exist on the resource '00000002-0000-0ff1-ce00-000000000000'. Contact the app vendor.
AADSTS650056 | invalid_client | Misconfigured application. This could be due to one of the following: the client has not listed any permissions for 'Office 365 Exchange Online' in the requested permissions in the client's application registration. Or, the admin has not consented in the tenant.
AADSTS650057 | invalid_resource | Invalid resource. The client has requested access to a resource which is not listed in the requested permissions in the client's application registration. Resource value from request: https://outlook.office.com.
AADSTS700082 | invalid_grant | The refresh token has expired due to inactivity. The token was issued on 2026-08-01T08:00:00.0000000Z and was inactive for 90.00:00:00.
AADSTS700084 | invalid_grant | The refresh token was issued to a single page app (SPA), and therefore has a fixed, limited lifetime of 1.00:00:00, which cannot be extended. It is now expired and a new sign in request must be sent by the SPA to the sign in page.
AADSTS700005 | invalid_grant | Provided Authorization Code is intended to use against other tenant, thus rejected. OAuth2 Authorization Code must be redeemed against same tenant it was acquired for.
AADSTS700011 | unauthorized_client | Application with identifier '5f2b8c1e-0000-4000-8000-000000000001' was not found in the directory 'Bright Smile'.
AADSTS700016 | unauthorized_client | Application with identifier '5f2b8c1e-0000-4000-8000-000000000001' was not found in the directory 'Bright Smile'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.
AADSTS700022 | invalid_scope | The provided value for the input parameter scope is not valid because it contains more than one resource. Scope https://outlook.office.com/SMTP.Send https://graph.microsoft.com/User.Read is not valid.
AADSTS700025 | invalid_client | Client is public so neither 'client_assertion' nor 'client_secret' should be presented.
AADSTS70000 | invalid_grant | Provided grant is invalid or malformed.
AADSTS70001 | unauthorized_client | Application with identifier '5f2b8c1e-0000-4000-8000-000000000001' is disabled or was not found.
AADSTS70002 | invalid_client | Error validating credentials. The specified client secret does not match the expected value for this client.
AADSTS70003 | unsupported_grant_type | The app requested an unsupported grant type 'password'.
AADSTS70008 | invalid_grant | The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.
AADSTS70011 | invalid_scope | The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope IMAP.AccessAsUser is not valid.
AADSTS70012 | server_error | A server error occurred while authenticating an MSA (consumer) user. Try again.
AADSTS70016 | authorization_pending | OAuth 2.0 device flow error. Authorization is pending. Continue polling.
AADSTS70019 | expired_token | Verification code expired.
AADSTS70043 | invalid_grant | The refresh token has expired or is invalid due to sign-in frequency checks by conditional access. The token was issued on 2026-11-16T08:00:00.0000000Z and the maximum allowed lifetime for this request is 604800.
AADSTS7000112 | unauthorized_client | Application '5f2b8c1e-0000-4000-8000-000000000001'(EXACT) is disabled.
AADSTS7000215 | invalid_client | Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID.
AADSTS7000218 | invalid_client | The request body must contain the following parameter: 'client_assertion' or 'client_secret'.
AADSTS7000222 | invalid_client | The provided client secret keys for app '5f2b8c1e-0000-4000-8000-000000000001' are expired.
AADSTS90002 | invalid_request | Tenant 'brightsmile.example' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.
AADSTS90006 | temporarily_unavailable | The service is temporarily unavailable. Please retry later.
AADSTS90012 | temporarily_unavailable | The request has timed out.
AADSTS90013 | invalid_request | Invalid input received from the user.
AADSTS90014 | invalid_request | The required field 'request' is missing from the credential. Ensure that you have all the necessary parameters for the login request.
AADSTS900144 | invalid_request | The request body must contain the following parameter: 'scope'.
AADSTS90019 | invalid_request | No tenant-identifying information found in either the request or implied by any provided credentials.
AADSTS90023 | invalid_request | Invalid STS request.
AADSTS90024 | temporarily_unavailable | A transient error has occurred. Please try again.
AADSTS90033 | temporarily_unavailable | A transient error has occurred. Please try again. The Microsoft Online Directory Service is not available.
AADSTS90055 | temporarily_unavailable | The tenant is throttled because there are too many incoming requests.
AADSTS90056 | invalid_request | The resource is disabled or the endpoint was called with the wrong method. To redeem the code for an access token, send a POST request to the /token endpoint.
AADSTS900561 | invalid_request | The endpoint only accepts POST, OPTIONS requests. Received a GET request.
AADSTS90072 | interaction_required | User account '{EmailHidden}' from identity provider 'https://sts.windows.net/9f3d/' does not exist in tenant 'Bright Smile' and cannot access the application '5f2b8c1e-0000-4000-8000-000000000001' in that tenant. The account needs to be added as an external user in the tenant first. Sign out and sign in again with a different Azure Active Directory user account.
AADSTS90090 | temporarily_unavailable | Graph failed with a retryable error. The service is temporarily unavailable.
AADSTS90094 | access_denied | An administrator of Bright Smile has set a policy that prevents you from granting EXACT the permissions it is requesting. Contact an administrator, who can grant permissions to this application on your behalf.
AADSTS90095 | access_denied | Admin consent is required for the permissions requested by this application. A request for admin consent may be sent to the admin.
AADSTS90099 | unauthorized_client | The application '5f2b8c1e-0000-4000-8000-000000000001' (EXACT) has not been authorized in the tenant 'Bright Smile'. Applications must be authorized to access the customer tenant before partner delegated administrators can use them.
AADSTS900971 | invalid_request | No reply address provided.
AADSTS9001023 | invalid_request | The grant type is not supported over the /common or /consumers endpoints. Please use the /organizations or tenant-specific endpoint.
AADSTS9002313 | invalid_request | Invalid request. Request is malformed or invalid.
AADSTS9002325 | invalid_request | Proof Key for Code Exchange is required for cross-origin authorization code redemption.
AADSTS9002327 | invalid_request | Tokens issued for the 'Single-Page Application' client-type may only be redeemed via cross-origin requests.
AADSTS9002332 | invalid_request | Application '5f2b8c1e-0000-4000-8000-000000000001'(EXACT) is configured for use by Azure Active Directory users only. Please do not use the /consumers endpoint to serve this request.
AADSTS28003 | invalid_scope | Provided value for the input parameter scope cannot be empty when requesting an access token using the provided authorization code. Please specify a valid scope.
AADSTS500201 | invalid_request | We are unable to issue tokens from this API version for a Microsoft account. Please contact the application vendor as they need to use version 2.0 of the protocol to support this.
AADSTS28000 | invalid_scope | Provided value for the input parameter scope is not valid because it contains more than one resource.
AADSTS80001 | temporarily_unavailable | Authentication Agent is not able to connect to Active Directory.
AADSTS80002 | temporarily_unavailable | Authentication Agent password validation request timed out.
AADSTS81012 | interaction_required | Sign-in was denied because the user trying to sign in to Azure AD is different from the user signed into the device.
AADSTS1000031 | unauthorized_client | Application EXACT cannot be accessed at this time. Contact your administrator.
AADSTS50135 | invalid_grant | Password change is required due to account risk.
AADSTS53010 | interaction_required | Cannot configure multi-factor authentication methods because the organization requires this information to be set from specific locations or devices.
AADSTS500022 | access_denied | Access to 'Bright Smile' tenant is denied. The tenant is not in the list of allowed tenants in the header Restrict-Access-To-Tenants.
AADSTS500213 | access_denied | The resource tenant's cross-tenant access policy does not allow this user to access this tenant.
AADSTS28002 | invalid_scope | Provided value for the input parameter scope 'IMAP.AccessAsUser.All' is not valid when requesting an access token. Please specify a valid scope.
AADSTS65002 | invalid_request | Consent between first party application '5f2b8c1e-0000-4000-8000-000000000001' and first party resource '00000002-0000-0ff1-ce00-000000000000' must be configured via preauthorization.
AADSTS70004 | invalid_request | The app returned an invalid redirect URI.
AADSTS70018 | bad_verification_code | Invalid verification code due to the user typing in a wrong user code for the device code flow. Authorization is not approved.
AADSTS80012 | invalid_grant | The user attempted to log on outside of the allowed hours (this is specified in AD).
AADSTS80013 | temporarily_unavailable | The authentication attempt could not be completed due to time skew between the machine running the authentication agent and AD.
AADSTS90005 | invalid_request | Unable to complete the request. The request is not valid because the identifier and login hint cannot be used together.
AADSTS90027 | invalid_request | We are unable to issue tokens from this API version on the MSA tenant. Please contact the application vendor as they need to use version 2.0 of the protocol to support this.
AADSTS90038 | invalid_request | The specified tenant 'Bright Smile' belongs to the National Cloud 'MicrosoftOnline.US'. Current cloud instance 'microsoftonline.com' does not federate with it.
`;
