import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Host } from '../../host/host.js';
import { ATTACHMENT_LIMIT, FILE_NAME_HEADER, PAGE_HEADER } from '../api/page-events.js';
import { safeFileName } from '../api/safe-file-name.js';
import { attachmentDisposition } from './attachment-disposition.js';
import { attachmentsOf } from './mail-parser.adapter.js';
import type { PageSessions } from './page-sessions.js';
import { rawPieces, readRaw } from './raw-message.js';

const NOT_THERE = { error: 'This file is not there any more.' };
const rowParams = z.object({ id: z.coerce.number().int().min(1) });
const partParams = rowParams.extend({ position: z.coerce.number().int().min(0) });

/** Files of received and written messages to the browser. Always as a download, never shown in the page's own origin. */
export function registerDownloads(server: FastifyInstance, host: Host): void {
  server.get('/api/inbox/:id/raw', (request, reply) => {
    const { id } = rowParams.parse(request.params);
    return download(reply, `message-${id.toString()}.eml`, Readable.from(rawPieces(host.inbox, id)));
  });
  server.get('/api/inbox/:id/attachments/:position', async (request, reply) => {
    const { id, position } = partParams.parse(request.params);
    const raw = await readRaw(host.inbox, id);
    // What is too broken to be taken apart is saved whole.
    const parts = raw ? await attachmentsOf(raw).catch(() => []) : [];
    const part = parts[position];
    if (!part) return reply.code(404).send(NOT_THERE);
    return download(reply, safeFileName(part.name, 'attachment'), Buffer.from(part.content));
  });
  server.get('/api/outbox/:id/attachments/:position', async (request, reply) => {
    const { id, position } = partParams.parse(request.params);
    const attachment = (await host.outbox.read(id))?.email.attachments[position];
    if (!attachment) return reply.code(404).send(NOT_THERE);
    return download(reply, safeFileName(attachment.name, 'attachment'), Buffer.from(attachment.content));
  });
}

/** Files from the browser for the email that a page is writing: the body is the file. */
export function registerUploads(server: FastifyInstance, host: Host, pages: PageSessions): void {
  server.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: ATTACHMENT_LIMIT }, (_request, body, done) => {
    done(null, body);
  });
  server.post('/attachments', { bodyLimit: ATTACHMENT_LIMIT }, async (request, reply) => {
    const page = pages.find(String(request.headers[PAGE_HEADER]));
    const name = decodeName(request.headers[FILE_NAME_HEADER]);
    if (!page || name === undefined || !Buffer.isBuffer(request.body)) {
      return reply.code(400).send({ error: 'This file could not be attached.' });
    }
    const contentType = z
      .string()
      .regex(/^[\w.+-]+\/[\w.+-]+$/)
      .catch('application/octet-stream');
    const attachment = {
      name: safeFileName(name, 'attachment'),
      contentType: contentType.parse(request.headers['content-type']),
      content: request.body,
    };
    const added = page.attachments.add(attachment, await host.mailLimits());
    return added.kind === 'added' ? { value: added.attachment } : reply.code(413).send({ error: added.sentence });
  });
}

function download(reply: FastifyReply, name: string, content: Readable | Buffer): FastifyReply {
  return reply
    .header('content-disposition', attachmentDisposition(name))
    .type('application/octet-stream')
    .send(content);
}

function decodeName(header: string | string[] | undefined): string | undefined {
  if (typeof header !== 'string') return undefined;
  try {
    return decodeURIComponent(header);
  } catch {
    return undefined;
  }
}
