import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomUUID,
  sign,
  verify,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto';

export type Claims = Readonly<Record<string, unknown>>;

/**
 * Signs and checks JSON web tokens with RS256 (RFC 7519, RFC 7515), the way Microsoft signs its own. Looks at the
 * signature only: audience and expiry are the caller's.
 */
export class SigningKey {
  readonly #privateKey: KeyObject;
  readonly #publicKey: KeyObject;

  private constructor(
    /** The private key as a JWK with its `kid`, to be stored. */
    readonly jwk: JsonWebKey,
    private readonly kid: string,
  ) {
    this.#privateKey = createPrivateKey({ key: jwk, format: 'jwk' });
    this.#publicKey = createPublicKey(this.#privateKey);
  }

  static generate(): SigningKey {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const kid = randomUUID();
    return new SigningKey({ ...privateKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' }, kid);
  }

  /** @throws TypeError when the JWK has no `kid`, an error of node:crypto when it is no private key */
  static fromJwk(jwk: JsonWebKey): SigningKey {
    if (typeof jwk['kid'] !== 'string') throw new TypeError('A signing key needs a kid');
    return new SigningKey(jwk, jwk['kid']);
  }

  sign(claims: Claims): string {
    const signed = `${encode({ typ: 'JWT', alg: 'RS256', kid: this.kid })}.${encode(claims)}`;
    return `${signed}.${sign('sha256', Buffer.from(signed), this.#privateKey).toString('base64url')}`;
  }

  /** The claims of a token that this key signed; `undefined` for anything else, however broken. */
  verify(token: string): Claims | undefined {
    const [header, payload, signature, ...rest] = token.split('.');
    if (header === undefined || payload === undefined || signature === undefined || rest.length > 0) return undefined;
    if (decode(header)?.['alg'] !== 'RS256') return undefined;
    const signed = Buffer.from(`${header}.${payload}`);
    if (!verify('sha256', signed, this.#publicKey, Buffer.from(signature, 'base64url'))) return undefined;
    return decode(payload);
  }
}

function encode(part: Claims): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

function decode(part: string): Claims | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined; // Whoever sends a token may send anything.
  }
}
