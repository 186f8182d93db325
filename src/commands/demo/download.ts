import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';

const Row = z.object({
  part: z.string(),
  file_name: z.string(),
  size_bytes: z.coerce.number(),
  sha256: z.string(),
  link: z.url(),
});
/** A row of the links CSV. */
export type LinkRow = z.infer<typeof Row>;

export function readLinksCsv(content: Buffer): LinkRow[] {
  return z.array(Row).parse(parse(content, { bom: true, columns: true }));
}

/** Downloads a file through its link; goes on where an earlier try stopped, as a browser would. */
export async function download(row: LinkRow, folder: string): Promise<void> {
  const path = join(folder, row.file_name);
  const have = await stat(path).then(
    ({ size }) => size,
    () => 0,
  );
  if (have === row.size_bytes) return;
  const response = await fetch(row.link, {
    headers: have > 0 ? { range: `bytes=${have}-` } : {},
  });
  if (!response.ok || !response.body) throw new Error(`${row.file_name} cannot be downloaded.`);
  if (have > 0 && response.status !== 206) {
    throw new Error(`The download of ${row.file_name} cannot be resumed.`);
  }
  await pipeline(response.body, createWriteStream(path, { flags: 'a' }));
}

/** Fetches the first half of a file only, as a line that breaks would. */
export async function downloadHalf(row: LinkRow, folder: string): Promise<void> {
  const end = Math.floor(row.size_bytes / 2);
  const response = await fetch(row.link, { headers: { range: `bytes=0-${end}` } });
  if (response.status !== 206 || !response.body) {
    throw new Error(`${row.file_name} cannot be downloaded in pieces.`);
  }
  const file = createWriteStream(join(folder, row.file_name));
  await pipeline(response.body, file);
}
