/** Paths of the protocol below the issuer, for the tenant `organizations`. */
export const ENDPOINTS = {
  authorization: '/organizations/oauth2/v2.0/authorize',
  token: '/organizations/oauth2/v2.0/token',
  /** MSAL makes it from that of the token: https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-device-code */
  device_authorization: '/organizations/oauth2/v2.0/devicecode',
  end_session: '/organizations/oauth2/v2.0/logout',
  jwks: '/organizations/discovery/v2.0/keys',
} as const;

/** Where people type the code of a device: Microsoft's is https://microsoft.com/devicelogin. */
export const DEVICE_LOGIN = '/devicelogin';
