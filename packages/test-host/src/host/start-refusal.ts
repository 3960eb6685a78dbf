/** Why the test host did not start. The message is one line for the person who started it. */
export class StartRefusal extends Error {
  override readonly name = 'StartRefusal';

  constructor(
    readonly code:
      | 'data-in-use'
      | 'data-newer'
      | 'data-older'
      | 'data-unusable'
      | 'no-server'
      | 'port-unusable'
      | 'foreign-server'
      | 'proxy-unusable',
    message: string,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
  }
}
