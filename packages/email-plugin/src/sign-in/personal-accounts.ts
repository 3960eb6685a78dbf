/** The tenant of all personal Microsoft accounts (Microsoft: id-token-claims-reference). */
const PERSONAL_TENANT = '9188040d-6c67-4c5b-b112-36a304b66dad';

/** `outlook.com`, `hotmail.co.uk`, `live.com.au`, `msn.com` …: the name and then a country's ending and nothing else. */
const PERSONAL_DOMAIN = /^(?:outlook|hotmail|live|msn|windowslive|passport)\.(?:com|[a-z]{2}|(?:com|co)\.[a-z]{2})$/;

/** Whether an address shows by its domain that it is a personal account. */
export function isPersonalAddress(address: string): boolean {
  const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  return PERSONAL_DOMAIN.test(domain);
}

/** Whether who signed in is a personal account. */
export function isPersonalTenant(tenantId: string): boolean {
  return tenantId.toLowerCase() === PERSONAL_TENANT;
}
