import { FailureError, type Failure } from '@exact/host-contracts';

/** Microsoft's own hosts in such metadata: https://learn.microsoft.com/en-us/entra/identity-platform/authentication-national-cloud */
const MICROSOFT =
  /^(?:login\.microsoftonline\.com|login\.microsoftonline\.us|login\.partner\.microsoftonline\.cn|login\.microsoft\.com|sts\.windows\.net|graph\.microsoft\.com)$/;
const LOOPBACK = /^(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])$/;

/**
 * Looks through MSAL's `authorityMetadata`, which overrules where passwords are typed and tokens are fetched, although the
 * authority says Microsoft: each address in it must be Microsoft's, or a stand-in's on this computer.
 *
 * @throws FailureError `sign-in.foreign-authority`
 */
export function checkAuthorityMetadata(metadata: string): void {
  const foreign = addressesIn(metadata).filter((address) => !isTrusted(address));
  if (foreign.length > 0) throw new FailureError(foreignAuthority(foreign[0] ?? ''));
}

/**
 * Looks at the address on which a person is to type a code: Microsoft names https://microsoft.com/devicelogin, or
 * https://www.microsoft.com/link. It must be Microsoft's, or a stand-in's on this computer.
 *
 * @throws FailureError `sign-in.foreign-authority`
 */
export function checkCodePage(address: string): void {
  const isShort = /^https:\/\/(?:www\.)?microsoft\.com\//.test(address);
  if (!isShort && !isTrusted(address)) throw new FailureError(foreignAuthority(address));
}

/** What can't be read counts as foreign. */
function addressesIn(metadata: string): readonly string[] {
  try {
    const values: unknown = JSON.parse(metadata);
    if (typeof values !== 'object' || values === null) return [metadata];
    return Object.entries(values).flatMap(([name, value]: [string, unknown]) =>
      typeof value === 'string' && /(?:_endpoint|_uri|^issuer)$/.test(name) ? [value] : [],
    );
  } catch {
    return [metadata];
  }
}

function isTrusted(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username } = new URL(address);
  if (username !== '') return false;
  return LOOPBACK.test(hostname) || (protocol === 'https:' && MICROSOFT.test(hostname));
}

function foreignAuthority(address: string): Failure {
  return {
    code: 'sign-in.foreign-authority',
    sentence: 'The sign-in would not go to Microsoft, so it was not begun.',
    fixedBy: 'vendor',
    advice: 'Do not type a password anywhere. Tell EXACT support what stands under Details.',
    retry: { kind: 'never' },
    details: address.slice(0, 200),
  };
}
