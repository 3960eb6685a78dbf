/** What a proxy did instead of letting us through; the catalogue of failures has a row for each code. */
export class ProxyFault extends Error {
  override readonly name = 'ProxyFault';

  constructor(
    readonly code:
      /** What names the proxy can't be read. */
      | 'ERR_PROXY_ADDRESS'
      /** It did not answer, or not as a proxy. */
      | 'ERR_PROXY_UNREACHABLE'
      /** 407: it wants a name and a password, or others (RFC 9110 section 15.5.8). */
      | 'ERR_PROXY_SIGN_IN'
      /** Any other refusal, 403 above all. */
      | 'ERR_PROXY_REFUSED',
    message: string,
    options?: { readonly cause: unknown },
  ) {
    super(message, options);
  }
}
