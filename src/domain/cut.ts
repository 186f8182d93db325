import type { RowKey } from './content.ts';
import type { Section } from './options.ts';
import type { PlannedPart, Stretch } from './plan.ts';
import { POLICY } from './policy.ts';

export type CutLimits = { partSizeBytes: number; maxEntries: number };

/** A part before it has its number and name. */
export type CutPart = Omit<PlannedPart, 'number' | 'name'>;

/** One row or file as the cutter sees it. `zipBytes` is the most that it adds to a ZIP, headers included. */
type CutItem = {
  key: RowKey;
  bytes: number;
  zipBytes: number;
};

/** Takes the rows and files of one section in order and cuts a part whenever the next would not fit. */
export type Cutter = {
  /** Begins a list; `headBytes` is what it adds to every part that it is in. */
  begin(list: Stretch['list'], headBytes: number): void;
  /** Returns the stretch that it is in now. */
  add(item: CutItem): Pick<Stretch, 'list' | 'volume'>;
  /** Lets the present stretch reach to a row that adds nothing. Only after a row that does. */
  pass(key: RowKey): Pick<Stretch, 'list' | 'volume'>;
  end(): CutPart[];
};

/** The ZIP's end record, and for parts with files the header and first line of the contents CSV. */
const FIXED_BYTES = 1024;

export function createCutter(section: Section, limits: CutLimits): Cutter {
  /** A data set is one entry with many rows; in the other sections every file is one. */
  const entriesPerItem = section === 'data' ? 0 : 1;
  const parts: CutPart[] = [];
  let part = emptyPart(section);
  let zipBytes = FIXED_BYTES;
  let entries = 0;
  let stretch: Stretch | null = null;
  let headBytes = 0;

  function begin(list: Stretch['list'], bytes: number): void {
    headBytes = bytes;
    if (part.stretches.length && zipBytes + headBytes > limits.partSizeBytes) close();
    open({ list, after: null, upTo: null, volume: 1, count: 0, bytes: 0 });
  }

  function add(item: CutItem): Stretch {
    if (!stretch) throw new Error('begin() comes first');
    const full =
      zipBytes + item.zipBytes > limits.partSizeBytes ||
      entries + entriesPerItem > limits.maxEntries;
    // Stays alone, so that all other parts open with every program.
    const isHuge = FIXED_BYTES + headBytes + item.zipBytes > POLICY.maxPartBytes;
    if ((full || isHuge || part.zip64) && part.count > 0) stretch = goOn(stretch);
    if (isHuge) part.zip64 = true;
    stretch.upTo = item.key;
    for (const sum of [stretch, part]) {
      sum.count += 1;
      sum.bytes += item.bytes;
    }
    zipBytes += item.zipBytes;
    entries += entriesPerItem;
    return stretch;
  }

  /** The same list in the next part. A stretch that holds nothing yet moves there whole. */
  function goOn(last: Stretch): Stretch {
    if (last.count === 0) part.stretches.pop();
    close();
    const volume = last.volume + (last.count ? 1 : 0);
    const after = last.count ? last.upTo : last.after;
    return open({ list: last.list, after, upTo: null, volume, count: 0, bytes: 0 });
  }

  function open(next: Stretch): Stretch {
    stretch = next;
    part.stretches.push(next);
    zipBytes += headBytes;
    entries += section === 'data' ? 1 : 0;
    return next;
  }

  function close(): void {
    parts.push(part);
    part = emptyPart(section);
    zipBytes = FIXED_BYTES;
    entries = 0;
  }

  function end(): CutPart[] {
    // A data set without rows is a CSV with a header; a section without files is no part at all.
    if (part.count > 0 || (section === 'data' && part.stretches.length)) close();
    return parts;
  }

  function pass(key: RowKey): Stretch {
    if (!stretch?.count) throw new Error('add() comes first');
    stretch.upTo = key;
    return stretch;
  }

  return { begin, add, pass, end };
}

function emptyPart(section: Section): CutPart {
  return { section, stretches: [], count: 0, bytes: 0 };
}

/** The most that deflate makes of bytes that it cannot compress: a few bytes a block. */
export function deflateBound(bytes: number): number {
  return bytes + bytes / 1000;
}

/** The most that an entry adds to a ZIP: its bytes, local header and central record. */
export function entryBytes(path: string, bytes: number): number {
  return 30 + 46 + 2 * Buffer.byteLength(path) + deflateBound(bytes) + 64;
}

/** Numbers and names the parts of all sections: `acme-cvs-003.zip`; of a supplement `acme-supplement-1-cvs-001.zip`. */
export function numberParts(
  accountId: string,
  parts: readonly CutPart[],
  supplement: number | null = null,
): PlannedPart[] {
  const begin = slug(accountId) + (supplement === null ? '' : `-supplement-${supplement}`);
  const digits = Math.max(3, String(parts.length).length);
  return parts.map((part, index) => {
    const number = index + 1;
    const name = `${begin}-${part.section}-${String(number).padStart(digits, '0')}.zip`;
    return { number, name, ...part };
  });
}

/** An account id as it may stand in a file name and a URL. */
export function slug(accountId: string): string {
  const plain = accountId
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return plain.slice(0, 40) || 'account';
}
