/** `code | line` as Node, its TLS, nodemailer, imapflow, MSAL and the plugin’s own network say it. */
export const NETWORK_LINES = `
EADDRINUSE | listen EADDRINUSE: address already in use 127.0.0.1:50123
ECONNREFUSED | connect ECONNREFUSED 52.97.0.1:993
ETIMEDOUT | connect ETIMEDOUT 52.97.0.1:587
ENOTFOUND | getaddrinfo ENOTFOUND outlook.office365.com
EAI_AGAIN | getaddrinfo EAI_AGAIN smtp.office365.com
ECONNRESET | ECONNRESET: read ECONNRESET
EPIPE | EPIPE: write EPIPE
EHOSTUNREACH | connect EHOSTUNREACH 52.97.0.1:993 - Local (192.168.1.20:50123)
EACCES | connect EACCES 52.97.0.1:587
CERT_NOT_YET_VALID | CERT_NOT_YET_VALID: certificate is not yet valid
CERT_HAS_EXPIRED | CERT_HAS_EXPIRED: certificate has expired
SELF_SIGNED_CERT_IN_CHAIN | SELF_SIGNED_CERT_IN_CHAIN: self-signed certificate in certificate chain
ERR_TLS_CERT_ALTNAME_INVALID | ERR_TLS_CERT_ALTNAME_INVALID: Hostname/IP does not match certificate's altnames: Host: outlook.office365.com. is not in the cert's altnames: DNS:filter.brightsmile.example
EPROTO wrong version | ESOCKET: 00D8B5:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:ssl/record/ssl3_record.c:354:
TLS protocol | EPROTO: write EPROTO 00D8B5:error:0A000410:SSL routines:ssl3_read_bytes:sslv3 alert handshake failure
PROXY_AUTH 407 | ERR_PROXY_SIGN_IN: HTTP 407 Proxy Authentication Required from the proxy proxy.practice.example:8080 for smtp.office365.com:587
PROXY refused | ERR_PROXY_REFUSED: HTTP 403 Forbidden from the proxy proxy.practice.example:8080 for smtp.office365.com:587
PROXY unreachable | ERR_PROXY_UNREACHABLE: proxy.practice.example:8080, asked for smtp.office365.com:587: ECONNREFUSED
PROXY address | ERR_PROXY_ADDRESS: the address of the proxy is not of the form http://name:port
no STARTTLS | ERR_NO_STARTTLS: the server does not offer STARTTLS
clock wrong | ERR_CLOCK_WRONG: this computer is 3605 seconds ahead
captive portal | token_parsing_error: Unexpected token '<', "<html><head>"... is not valid JSON
HTTP 429 | HTTP 429 Too Many Requests
HTTP 5xx | HTTP 503 Service Unavailable
`;
