// @peculiar/x509 needs the polyfill, and needs it first.
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';
import type { Certificates } from './certificates.js';
import type { Microsoft365Clock } from './clock.js';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY_MS = 24 * 60 * 60 * 1000;
const VALID_DAYS = 3650;

/** How a certificate differs from a good one. */
export interface CertificateWish {
  /** What the authority calls itself. */
  readonly authority?: string;
  /** The only DNS name in it. */
  readonly name?: string;
  /** It was valid until then, epoch ms. */
  readonly endedAt?: number;
}

/**
 * Makes an authority and a server certificate for `localhost` and 127.0.0.1, unless wished otherwise. The authority's key is thrown away, so nobody
 * can make a second certificate that clients of this start would trust.
 */
export async function createCertificates(clock: Microsoft365Clock, wish: CertificateWish = {}): Promise<Certificates> {
  const validity = validAt(clock.now(), Date.now());
  const authority = await generateKeys();
  const authorityCertificate = await X509CertificateGenerator.createSelfSigned({
    ...validity,
    name: `CN=${wish.authority ?? 'EXACT Email test host authority'}`,
    keys: authority,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
    ],
  });
  const server = await generateKeys();
  const serverCertificate = await X509CertificateGenerator.create({
    ...validity,
    ...(wish.endedAt !== undefined && { notAfter: new Date(wish.endedAt) }),
    subject: `CN=${wish.name ?? 'localhost'}`,
    issuer: authorityCertificate.subject,
    publicKey: server.publicKey,
    signingKey: authority.privateKey,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(
        wish.name === undefined
          ? [
              { type: 'dns', value: 'localhost' },
              { type: 'ip', value: '127.0.0.1' },
            ]
          : [{ type: 'dns', value: wish.name }],
      ),
    ],
  });
  const ca = authorityCertificate.toString('pem');
  const key = PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', server.privateKey), 'PRIVATE KEY');
  return { ca, server: { key, chain: `${serverCertificate.toString('pem')}\n${ca}` } };
}

function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

/** Valid at both times: TLS looks at the machine's, whatever the given clock says. */
function validAt(...times: readonly number[]) {
  return {
    notBefore: new Date(Math.min(...times) - 2 * DAY_MS),
    notAfter: new Date(Math.max(...times) + VALID_DAYS * DAY_MS),
  };
}
