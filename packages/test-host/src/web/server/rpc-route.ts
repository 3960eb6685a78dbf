import type { FastifyInstance } from 'fastify';
import { FailureError } from '@exact/host-contracts';
import type { z } from 'zod';
import type { Host } from '../../host/host.js';
import { inputs, type Method } from '../api/inputs.js';
import { PAGE_HEADER } from '../api/page-events.js';
import { composeHandlers } from './compose-handlers.js';
import type { Handlers } from './handler.js';
import { hostHandlers } from './host-handlers.js';
import { mailHandlers } from './mail-handlers.js';
import type { PageSession } from './page-session.js';
import type { PageSessions } from './page-sessions.js';
import { wizardHandlers } from './wizard-handlers.js';

const handlers: Handlers<Method> = { ...hostHandlers, ...wizardHandlers, ...mailHandlers, ...composeHandlers };

/** `POST /api/call/<method>` with the input as JSON. What is not understood is refused before anything of it is run. */
export function registerCalls(server: FastifyInstance, host: Host, pages: PageSessions): void {
  server.post<{ Params: { method: string } }>('/api/call/:method', async (request, reply) => {
    const { method } = request.params;
    if (!isMethod(method)) return reply.code(404).send({ error: 'The test host does not know this request.' });
    const page = pages.find(String(request.headers[PAGE_HEADER]));
    if (!page) return reply.code(409).send({ error: 'The page has lost the test host. Reload it.' });
    const input = inputs[method].safeParse(request.body ?? {});
    if (!input.success) return reply.code(400).send({ error: describe(input.error) });
    if (!isReading(method)) pages.used(page);
    try {
      return { value: await run(method, host, page, input.data) };
    } catch (error) {
      if (error instanceof FailureError) return { failure: error.failure };
      throw error;
    }
  });
}

function run(method: Method, host: Host, page: PageSession, input: unknown): Promise<unknown> {
  // The compiler can't follow that handler and input belong to one method; the schema of that method has just checked it.
  const handler = handlers[method] as (call: { host: Host; page: PageSession; input: unknown }) => Promise<unknown>;
  return handler({ host, page, input });
}

function isMethod(text: string): text is Method {
  return Object.hasOwn(inputs, text);
}

/** Pages read by themselves when something changes: that is nobody's press. */
function isReading(method: Method): boolean {
  return /^(menu|prompts|email-service|practice|panel|wizard\.view|inbox\.list|outbox\.list)$/.test(method);
}

function describe(error: z.ZodError): string {
  const [issue] = error.issues;
  const where = issue?.path.join('.') ?? '';
  return `The test host does not understand this request${where === '' ? '' : `: ${where}`} (${issue?.message ?? 'no input'}).`;
}
