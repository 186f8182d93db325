import { coveredBytes, type SentRange } from './coverage.ts';
import type { HistoryEntry } from './ticket.ts';

/** A ZIP of a delivered export, and how much of it went out. */
export type PartState = {
  /** From 1, as in the links CSV. */
  number: number;
  name: string;
  sizeBytes: number;
  fetchedBytes: number;
  /** Somebody began to download it. */
  begun: boolean;
};

/** @param parts the ZIPs of an export in their order */
export function partStates(
  parts: readonly { id: string; name: string; sizeBytes: number }[],
  downloads: readonly (SentRange & { linkId: string })[],
): PartState[] {
  const ofLink = Map.groupBy(downloads, ({ linkId }) => linkId);
  return parts.map(({ id, name, sizeBytes }, index) => {
    const ranges = ofLink.get(id) ?? [];
    const fetchedBytes = coveredBytes(sizeBytes, ranges);
    return { number: index + 1, name, sizeBytes, fetchedBytes, begun: ranges.length > 0 };
  });
}

/** A download that stopped in the middle: the usual reason why a ZIP does not open. */
export function isCutOff({ begun, fetchedBytes, sizeBytes }: PartState): boolean {
  return begun && fetchedBytes < sizeBytes;
}

/** Whole percent, never 100 while something is missing. */
export function percentOf({ fetchedBytes, sizeBytes }: PartState): number {
  return Math.min(99, Math.floor((100 * fetchedBytes) / Math.max(1, sizeBytes)));
}

const BY_NUMBER =
  /(?:\b(?:part|zip|file|archive|teil|datei|archiv|parte|archivo|partie|fichier|arquivo|no|nr|number|nummer|numero|n\.?[º°]|hissa)|#)[\s.:#°º-]{0,3}(\d{1,4})\b/gi;

/** The ZIPs that a message names, by their file names or by their numbers. */
export function namedParts<P extends Pick<PartState, 'name' | 'number'>>(
  text: string,
  parts: readonly P[],
): P[] {
  const lower = text.toLowerCase();
  const byName = parts.filter(({ name }) => lower.includes(name.toLowerCase().replace('.zip', '')));
  if (byName.length > 0) return byName;
  const numbers = new Set([...text.matchAll(BY_NUMBER)].map(([, digits]) => Number(digits)));
  return parts.filter(({ number }) => numbers.has(number));
}

/** Events of the history that say where the check of a ZIP stands; the last of a ZIP counts. */
const CHECK_EVENTS = ['check_asked', 'check_fine', 'part_damaged', 'part_repaired', 'part_lost'];
type CheckEvent = 'check_asked' | 'check_fine' | 'part_damaged' | 'part_repaired' | 'part_lost';

/** The ZIPs that were asked about and have no answer yet. */
export function openChecks(
  history: readonly HistoryEntry[],
  exportId: string,
): { part: string; event: CheckEvent; at: Date }[] {
  const last = new Map<string, { part: string; event: CheckEvent; at: Date }>();
  for (const { event, at, detail } of history) {
    if (!isCheckEvent(event) || detail.exportId !== exportId) continue;
    const part = String(detail.part);
    last.set(part, { part, event, at });
  }
  return [...last.values()].filter(
    ({ event }) => event === 'check_asked' || event === 'part_damaged',
  );
}

function isCheckEvent(event: string): event is CheckEvent {
  return CHECK_EVENTS.includes(event);
}
