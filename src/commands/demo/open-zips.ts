import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { openPromise } from 'yauzl';

/** What ZIPs hold, read by a library that did not write them. */
export type Inside = {
  /** Rows of each CSV of the data files, by the name of the data set. */
  rows: Map<string, number>;
  /** Files of each section, by the folder in the ZIP. */
  files: Map<string, number>;
};

const DATA_FILES = 'Data Files/';
/** Lists of contents, and the viewer. */
const EXTRAS = /^(Contents\/|Viewer\/|index\.html$)/;

/** Opens ZIPs, reads every byte of every entry, which checks its CRC, and counts. */
export async function countInside(paths: readonly string[]): Promise<Inside> {
  const inside: Inside = { rows: new Map(), files: new Map() };
  for (const path of paths) {
    const zip = await openPromise(path);
    for await (const entry of zip.eachEntry()) {
      const stream = await zip.openReadStreamPromise(entry);
      if (entry.fileName.startsWith(DATA_FILES)) {
        const dataSet = basename(entry.fileName, '.csv').replace(/_\d+$/, '');
        add(inside.rows, dataSet, await countRows(stream));
      } else {
        await readAll(stream);
        if (!EXTRAS.test(entry.fileName)) {
          add(inside.files, entry.fileName.slice(0, entry.fileName.indexOf('/')), 1);
        }
      }
    }
  }
  return inside;
}

async function countRows(csv: Readable): Promise<number> {
  let rows = 0;
  for await (const _row of csv.pipe(parse({ bom: true, columns: true }))) rows += 1;
  return rows;
}

async function readAll(stream: Readable): Promise<void> {
  stream.resume();
  await new Promise((resolve, reject) => stream.once('end', resolve).once('error', reject));
}

function add(counts: Map<string, number>, name: string, count: number): void {
  counts.set(name, (counts.get(name) ?? 0) + count);
}
