/** Bytes `start` up to `start + sentBytes` of a file went out. */
export type SentRange = { start: number; sentBytes: number };

/** What of an export was downloaded, counted in files and bytes. */
export type Coverage = {
  files: { done: number; total: number };
  bytes: { done: number; total: number };
};

/** How many different bytes of a file these ranges hold together; what was sent twice counts once. */
export function coveredBytes(sizeBytes: number, ranges: readonly SentRange[]): number {
  const sorted = ranges
    .map(({ start, sentBytes }) => ({
      from: Math.max(0, start),
      to: Math.min(sizeBytes, start + sentBytes),
    }))
    .filter(({ from, to }) => to > from)
    .sort((a, b) => a.from - b.from);
  let covered = 0;
  let reached = 0;
  for (const { from, to } of sorted) {
    covered += Math.max(0, to - Math.max(from, reached));
    reached = Math.max(reached, to);
  }
  return covered;
}

/** What of these files was downloaded. An empty file is downloaded once somebody asked for it. */
export function coverageOf(
  files: readonly { id: string; sizeBytes: number }[],
  downloads: readonly (SentRange & { linkId: string })[],
): Coverage {
  const ofLink = Map.groupBy(downloads, (download) => download.linkId);
  const coverage = { files: { done: 0, total: files.length }, bytes: { done: 0, total: 0 } };
  for (const { id, sizeBytes } of files) {
    const ranges = ofLink.get(id);
    const covered = ranges ? coveredBytes(sizeBytes, ranges) : 0;
    coverage.bytes.total += sizeBytes;
    coverage.bytes.done += covered;
    if (ranges && covered === sizeBytes) coverage.files.done += 1;
  }
  return coverage;
}

/** True when nothing is left to be downloaded. */
export function hasEverything({ files }: Coverage): boolean {
  return files.total > 0 && files.done === files.total;
}
