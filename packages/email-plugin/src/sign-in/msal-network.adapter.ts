import { setTimeout } from 'node:timers/promises';
import type { AuthError, INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import { requestHttp, type HttpAnswer, type HttpRequest } from '../network/http-request.js';
import type { Network } from '../network/network.js';
import { within } from '../network/time-limit.js';
import { msal } from './msal.adapter.js';

/** A request of MSAL's with all that leads to it, milliseconds. */
const REQUEST_LIMIT_MS = 30_000;

/** MSAL's requests over the plugin's own way, and why the last of them failed: MSAL itself keeps that from its caller. */
export class MsalNetwork implements INetworkModule {
  private fault: AuthError | undefined;

  constructor(private readonly network: Network) {}

  sendGetRequestAsync<T>(
    url: string,
    options?: NetworkRequestOptions,
    timeout = REQUEST_LIMIT_MS,
  ): Promise<NetworkResponse<T>> {
    return this.request({ method: 'GET', url, headers: options?.headers ?? {} }, timeout);
  }

  sendPostRequestAsync<T>(url: string, options?: NetworkRequestOptions): Promise<NetworkResponse<T>> {
    const { headers = {}, body = '' } = options ?? {};
    return this.request({ method: 'POST', url, headers, body }, REQUEST_LIMIT_MS);
  }

  /** What MSAL answers, its failure with the cause where it only says that it could not find out where to sign in. */
  async explained<T>(asked: Promise<T>): Promise<T> {
    try {
      return await asked;
    } catch (error) {
      const isBare = error instanceof msal.AuthError && error.errorCode === 'endpoints_resolution_error';
      if (!isBare || !this.fault) throw error;
      throw new msal.AuthError(error.errorCode, error.correlationId, this.fault.errorMessage);
    }
  }

  private async request<T>(request: HttpRequest, limitMs: number): Promise<NetworkResponse<T>> {
    const wait = (ended: AbortSignal) => setTimeout(limitMs, undefined, { signal: ended });
    const untilLimit = new AbortController().signal;
    try {
      const { status, headers, body } = await within(wait, untilLimit, (signal) =>
        requestHttp(request, this.network, signal),
      );
      return { status, headers, body: readAnswer({ status, headers, body }) as T };
    } catch (error) {
      this.fault = asAuthError(error);
      throw this.fault;
    }
  }
}

/** MSAL lets through what is its own, and tells of anything else only that the network failed. */
function asAuthError(error: unknown): AuthError {
  if (error instanceof msal.AuthError) return error;
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  return new msal.AuthError('network_error', '', [code, message].filter((part) => typeof part === 'string').join(': '));
}

/** MSAL's errors tell nothing of the headers: when Microsoft wants us back goes into its words. */
function readAnswer({ status, headers, body }: HttpAnswer): unknown {
  const after = headers['retry-after'];
  const wait = after === undefined ? '' : ` Retry-After: ${after}`;
  try {
    const answer: unknown = JSON.parse(body);
    return wait === '' || !isRefusal(answer)
      ? answer
      : { ...answer, error_description: `${answer.error_description}${wait}` };
  } catch {
    const words = status >= 500 || status === 429 ? `HTTP ${status}` : 'unexpected html or nothing';
    throw new msal.AuthError('token_parsing_error', '', `${words} in the place of an answer.${wait}`);
  }
}

function isRefusal(answer: unknown): answer is { readonly error_description: string } {
  return (
    typeof answer === 'object' &&
    answer !== null &&
    'error_description' in answer &&
    typeof answer.error_description === 'string'
  );
}
