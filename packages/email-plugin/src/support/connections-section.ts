import { FailureError, type JsonObject, type SupportSection } from '@exact/host-contracts';
import { failureData } from './failure-data.js';
import type { SupportServices } from './support-services.js';

/** Which servers are asked for, and what is in the way to them now. On a copy of the practice's database nothing is tried. */
export async function connectionsSection(
  { clock, endpoints, host, network }: SupportServices,
  signal: AbortSignal,
): Promise<SupportSection> {
  const { imap, smtp, authority, proxy } = await endpoints.get();
  const servers = {
    'sign-in': new URL(authority).host,
    receiving: `${imap.host}:${String(imap.port)}`,
    sending: `${smtp.host}:${String(smtp.port)}`,
    'proxy of the host': proxy === undefined ? 'no' : 'yes',
    'proxy of the environment': (process.env['https_proxy'] ?? process.env['HTTPS_PROXY']) ? 'yes' : 'no',
  };
  const { genuineness } = await host.database();
  if (!genuineness.genuine) return { title: 'Connections', data: { ...servers, tried: 'no, not the live database' } };
  return { title: 'Connections', data: { ...servers, ...(await tryAll({ clock, endpoints, network }, signal)) } };
}

/** The look that comes before a sign-in, too. */
async function tryAll(
  { clock, endpoints, network }: Pick<SupportServices, 'clock' | 'endpoints' | 'network'>,
  signal: AbortSignal,
): Promise<JsonObject> {
  try {
    const { Preflight } = await import('../preflight/preflight.js');
    const { obstacles, warnings } = await new Preflight(network, endpoints, clock).look(signal);
    if (obstacles.length + warnings.length === 0) return { reached: 'all, and the clock is right' };
    return {
      'in the way': obstacles.map((failure) => failureData(failure)),
      warnings: warnings.map((failure) => failureData(failure)),
    };
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    return { 'in the way': [failureData(error.failure)] };
  }
}
