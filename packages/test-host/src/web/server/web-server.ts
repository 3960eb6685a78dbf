import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { Logger } from '@exact/host-contracts';
import fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import { ZodError } from 'zod';
import type { Host } from '../../host/host.js';
import { describeDefect } from '../../host/defect.js';
import { streamEvents } from './event-stream.js';
import { registerDownloads, registerUploads } from './file-routes.js';
import { guardRequest } from './guard.js';
import { contentSecurityPolicy, pageDocument, SECURITY_HEADERS } from './page-document.js';
import { PageSessions } from './page-sessions.js';
import { registerCalls } from './rpc-route.js';

/** What the page's server needs. */
export interface WebServerOptions {
  readonly host: Host;
  /** TCP port on 127.0.0.1; 0 = any free one. */
  readonly port: number;
  /** The folder of the built page. */
  readonly pageDirectory: string;
  readonly logger: Logger;
}

/** The running server of the page. Disposing it closes it and cancels the wizards that pages have open; the host goes on. */
export interface WebServer extends AsyncDisposable {
  /** `http://127.0.0.1:<port>/` */
  readonly url: string;
}

/** Starts the page's server. Throws an `Error` with `code` `EADDRINUSE` when the port is taken. */
export async function startWebServer({ host, port, pageDirectory, logger }: WebServerOptions): Promise<WebServer> {
  const own = { authority: '', secret: randomBytes(32).toString('base64url') };
  const pages = new PageSessions(host, logger);
  const server = fastify({ bodyLimit: 4_000_000, forceCloseConnections: true });
  server.addHook('onRequest', async (request, reply) => {
    reply.headers(SECURITY_HEADERS);
    const verdict = guardRequest(request, own);
    if (!verdict.allowed) await reply.code(verdict.status).send({ error: verdict.because });
  });
  answerErrors(server, logger);
  registerPage(server, pageDirectory, own.secret);
  registerPluginModules(server, host);
  server.get('/api/events', (_request, reply) => {
    streamEvents(reply, pages, logger);
  });
  registerCalls(server, host, pages);
  registerDownloads(server, host);
  await server.register(
    (uploads, _options, done) => {
      registerUploads(uploads, host, pages);
      done();
    },
    { prefix: '/api' },
  );

  try {
    await server.listen({ host: '127.0.0.1', port });
  } catch (error) {
    await pages[Symbol.asyncDispose]();
    throw error;
  }
  own.authority = `127.0.0.1:${(server.server.address() as AddressInfo).port.toString()}`;
  return {
    url: `http://${own.authority}/`,
    async [Symbol.asyncDispose]() {
      await pages[Symbol.asyncDispose]();
      await server.close();
    },
  };
}

function registerPage(server: FastifyInstance, pageDirectory: string, secret: string): void {
  server.get('/', async (_request, reply) => {
    const nonce = randomBytes(18).toString('base64url');
    reply.header('content-security-policy', contentSecurityPolicy(nonce)).type('text/html; charset=utf-8');
    return pageDocument(pageDirectory, secret, nonce);
  });
  server.register(fastifyStatic, { root: join(pageDirectory, 'assets'), prefix: '/assets/', cacheControl: false });
}

function registerPluginModules(server: FastifyInstance, host: Host): void {
  server.get<{ Params: { plugin: string; file: string } }>('/plugins/:plugin/:file', async (request, reply) => {
    const { plugin, file } = request.params;
    const name = /^([\w-]+)\.js$/.exec(file)?.[1];
    const path = name === undefined ? undefined : host.browserModule(plugin, name);
    if (path === undefined) return reply.code(404).send({ error: 'There is no such module.' });
    return reply.type('text/javascript; charset=utf-8').send(await readFile(path));
  });
}

function answerErrors(server: FastifyInstance, logger: Logger): void {
  server.setNotFoundHandler((_request, reply) => reply.code(404).send({ error: 'There is nothing here.' }));
  server.setErrorHandler((error: FastifyError, request, reply) => {
    if (error instanceof ZodError)
      return reply.code(400).send({ error: 'The test host does not understand this request.' });
    const status = error.statusCode ?? 500;
    if (status < 500) return reply.code(status).send({ error: sentenceFor(status) });
    logger.error('web.request-failed', { url: request.routeOptions.url, ...describeDefect(error) });
    return reply.code(500).send({ error: 'Something went wrong in the test host. Its log says what.' });
  });
}

function sentenceFor(status: number): string {
  if (status === 413) return 'That is too large for any email. Share it in another way.';
  return 'The test host does not understand this request.';
}
