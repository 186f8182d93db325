/** One answer of the gateway: `sentBytes` of a file from `start` on. */
export type SentRange = { start: number; sentBytes: number };

/** A link as far as downloads are concerned. */
export type Downloadable = { id: string; file: { kind: string; sizeBytes: number } };

/** How much of an export the customer has fetched; the small files beside the parts do not count. */
export type Downloaded = {
  parts: { done: number; total: number };
  bytes: { done: number; total: number };
};

/** Bytes of a file that went out at least once. A browser that resumes, or a tool that reads in pieces, counts once. */
export function coveredBytes(sizeBytes: number, sent: readonly SentRange[]): number {
  let covered = 0;
  let reached = 0;
  for (const { start, sentBytes } of [...sent].sort((a, b) => a.start - b.start)) {
    const end = Math.min(start + sentBytes, sizeBytes);
    if (end <= reached) continue;
    covered += end - Math.max(start, reached);
    reached = end;
  }
  return covered;
}

/** What was downloaded of the parts behind these links. */
export function downloadedOf(
  links: readonly Downloadable[],
  downloads: readonly (SentRange & { linkId: string })[],
): Downloaded {
  const byLink = Map.groupBy(downloads, ({ linkId }) => linkId);
  const result: Downloaded = { parts: { done: 0, total: 0 }, bytes: { done: 0, total: 0 } };
  for (const { id, file } of links) {
    if (file.kind !== 'part') continue;
    const covered = coveredBytes(file.sizeBytes, byLink.get(id) ?? []);
    result.parts.total += 1;
    result.bytes.total += file.sizeBytes;
    result.bytes.done += covered;
    if (covered === file.sizeBytes) result.parts.done += 1;
  }
  return result;
}
