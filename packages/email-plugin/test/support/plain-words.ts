/** What a receptionist has no reason to know. */
export const JARGON =
  /\b(tenants?|oauth2?|consent\w*|smtp|imap4?|pop3?|(?:start)?tls|ssl|dns|vpn|mfa|sso|saml|spf|dkim|dmarc|tokens?|scopes?|claims?|endpoints?|redirect\w*|registration|registered|prox(?:y|ies)|ports?|certificates?|conditional.access|principals?|director(?:y|ies)|delegated?|federat\w*|credentials?|quota|enrol\w*|bundle|helpdesk|clients?|licen[cs]es?|IP|identity provider|security defaults|xoauth2|sasl|exchange|entra|powershell|(?:Set|Get|New)-\w+)\b/i;
/** `AADSTS50034`, `5.7.139`, `535`, `ECONNREFUSED`, `invalid_grant`. */
export const CODE = /AADSTS|\b\d\.\d\.\d|\b[45]\d\d\b|\bE(?!XACT\b)[A-Z]{4,}\b|\w_\w/;
/** From here on it is IT that reads. */
export const TO_IT = /\b(?:ask|tell) your IT support\b/i;
