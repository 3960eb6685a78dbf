import type { FastifyReply } from 'fastify';
import type { Logger } from '@exact/host-contracts';
import { describeDefect } from '../../host/defect.js';
import { SECURITY_HEADERS } from './page-document.js';
import type { PageSessions } from './page-sessions.js';

/**
 * Server-Sent Events to one page (HTML Living Standard, section 9.2), which fetches them so that the secret goes in a
 * header. The page lives as long as this answer.
 */
export function streamEvents(reply: FastifyReply, pages: PageSessions, logger: Logger): void {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, { ...SECURITY_HEADERS, 'content-type': 'text/event-stream; charset=utf-8' });
  const page = pages.open((event) => {
    raw.write(`data: ${JSON.stringify(event)}\n\n`);
  });
  raw.once('close', () => {
    pages.close(page).catch((error: unknown) => {
      logger.error('web.page-did-not-close', describeDefect(error));
    });
  });
}
