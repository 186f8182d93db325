import { type Coverage, coverageOf, coveredBytes } from '../../../domain/coverage.ts';
import type { DeskDownload, DeskPart, DeskShare } from '../../../domain/desk-view.ts';
import { sayWho } from '../../../domain/download-log.ts';
import type { Download, Link } from '../../../ports/links.ts';
import type { Share } from '../../../ports/shares.ts';

const MAX_LOG_LINES = 200;

/** How much of the ZIPs was fetched; the small files beside them do not count. */
export function downloadedParts(links: readonly Link[], downloads: readonly Download[]): Coverage {
  const parts = links.filter(({ file }) => file.kind === 'part');
  return coverageOf(
    parts.map(({ id, file }) => ({ id, sizeBytes: file.sizeBytes })),
    downloads,
  );
}

/** Each file of an export with what was fetched of it, in the order of the links CSV. */
export function partsOf(links: readonly Link[], downloads: readonly Download[]): DeskPart[] {
  const byLink = Map.groupBy(downloads, ({ linkId }) => linkId);
  return links.map(({ id, file }) => {
    const own = byLink.get(id) ?? [];
    return {
      name: file.name,
      isPart: file.kind === 'part',
      sizeBytes: file.sizeBytes,
      downloadedBytes: coveredBytes(file.sizeBytes, own),
      requests: own.length,
      lastAt: own.at(-1)?.at.toISOString() ?? null,
    };
  });
}

/** The last requests for links, newest first; those of an earlier export keep their place without a name. */
export function downloadLog(
  links: readonly Link[],
  downloads: readonly Download[],
  requester: string,
  shares: readonly Share[],
): DeskDownload[] {
  const emails = new Map(shares.map(({ id, email }) => [id, email]));
  const names = new Map(links.map(({ id, file }) => [id, file.name]));
  return downloads
    .slice(-MAX_LOG_LINES)
    .reverse()
    .map(({ linkId, at, sentBytes, from, userAgent, via }) => ({
      at: at.toISOString(),
      who: sayWho(via, requester, emails),
      name: names.get(linkId) ?? 'a file of an earlier export',
      bytes: sentBytes,
      from,
      userAgent,
    }));
}

/** With whom the download page is shared, ended shares too. */
export function sharesOf(shares: readonly Share[]): DeskShare[] {
  return shares.map(({ id, email, sharedAt, revokedAt }) => ({
    id,
    email,
    sharedAt: sharedAt.toISOString(),
    gone: revokedAt !== null,
  }));
}
