import type { FastifyInstance } from 'fastify';
import type { ExportView } from '../../domain/export-view.ts';
import type { OutgoingFile } from '../../ports/thread.ts';
import { exportPageHtml } from './export-page-html.ts';
import { refuseLink } from './gateway-refusal.ts';
import { asDownload, ensureSecureHeaders } from './headers.ts';
import { ensurePageStyle, keepPrivate, sendHtml } from './page.ts';

export type ExportPageDeps = {
  /** What the page of this token shows now; null when the token does not work, whatever the reason. */
  show(token: string): ExportView | null;
  csv(token: string): Promise<OutgoingFile | null>;
  /** Where browsers reach this server, without a slash at the end. */
  publicUrl: string;
};

const CSV_END = '/links.csv';

/** Serves the download page, `/e/<token>`, with the links of an export, and its CSV. Works without script. */
export function registerExportPage(app: FastifyInstance, deps: ExportPageDeps): void {
  ensureSecureHeaders(app, deps);
  ensurePageStyle(app);
  app.route({
    method: ['GET', 'HEAD'],
    url: '/e/*',
    logLevel: 'silent',
    handler: async (request, reply) => {
      const { '*': rest = '' } = request.params as { '*'?: string };
      if (rest.endsWith(CSV_END)) {
        const csv = await deps.csv(rest.slice(0, -CSV_END.length));
        if (!csv) return refuseLink(request, reply);
        return keepPrivate(reply)
          .header('content-disposition', asDownload(csv.fileName))
          .type(csv.contentType)
          .send(csv.content);
      }
      const view = deps.show(rest);
      if (!view) return refuseLink(request, reply);
      return sendHtml(reply, 200, exportPageHtml(view, `/e/${rest}${CSV_END}`));
    },
  });
}
